package io.layar.discovery.debug;

import io.layar.discovery.push.Era;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.TypeUrl;
import io.layar.xds.session.WatchStatus;
import io.layar.xdsgen.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is connected, what each was sent and what it acknowledged. */
final class StatusPages {
    private final Clients clients;
    private final Supplier<Era> eras;
    private final Runnable push;

    StatusPages(Clients clients, Supplier<Era> eras, Runnable push) {
        this.clients = clients;
        this.eras = eras;
        this.push = push;
    }

    /** {@code /debug/adsz}: connections and what they watch; {@code ?push=true} pushes to all. */
    Page.Answer adsz(Map<String, String> query) throws InterruptedException, ExecutionException, TimeoutException {
        if (query.containsKey("push")) {
            push.run();
            return Page.Answer.text("Pushed to " + clients.all().size() + " servers\n");
        }
        List<Clients.Client> found = clients.named(query);
        if (found.isEmpty() && query.containsKey("proxyID")) {
            return notConnected();
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("totalClients", found.size());
        page.put("clients", found.stream().map(StatusPages::client).toList());
        return Page.Answer.json(JsonText.pretty(page));
    }

    static Page.Answer notConnected() {
        return Page.Answer.notFound(
                "Proxy not connected to this Pilot instance. It may be connected to another instance.\n");
    }

    private static Map<String, Object> client(Clients.Client client) {
        Map<String, Object> tree = connection(client);
        Proxy proxy = client.proxy().proxy();
        tree.put("labels", new TreeMap<>(proxy.labels()));
        tree.put("metadata", plain(proxy.metadata().fields()));
        Map<String, Object> locality = new LinkedHashMap<>();
        locality.put("region", proxy.locality().region());
        locality.put("zone", proxy.locality().zone());
        locality.put("subZone", proxy.locality().subzone());
        locality.values().removeIf(""::equals);
        tree.put("locality", locality);
        Map<String, Object> watches = new TreeMap<>();
        client.watches()
                .forEach(watch -> watches.put(
                        watch.type().url(), List.copyOf(watch.sent().byName().keySet())));
        tree.put("watches", watches);
        return tree;
    }

    private static Map<String, Object> connection(Clients.Client client) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("connectionId", client.info().connectionId());
        tree.put("connectedAt", client.info().connectedAt().toString());
        tree.put("address", client.info().peer());
        return tree;
    }

    /** Maps with any key order as trees with sorted keys. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put(String.valueOf(key), plain(inner)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(StatusPages::plain).toList()
                : value;
    }

    /** {@code /debug/connections}. */
    Page.Answer connections(Map<String, String> query)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Clients.Client> found = clients.named(query);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("totalClients", found.size());
        page.put("clients", found.stream().map(StatusPages::connection).toList());
        return Page.Answer.json(JsonText.pretty(page));
    }

    /** {@code /debug/syncz}: nonces sent and acknowledged. */
    Page.Answer syncz(Map<String, String> query) throws InterruptedException, ExecutionException, TimeoutException {
        String namespace = query.getOrDefault("namespace", "");
        List<Object> page = new ArrayList<>();
        for (Clients.Client client : clients.all()) {
            if (namespace.isEmpty() || client.proxy().proxy().namespace().equals(namespace)) {
                page.add(sync(client));
            }
        }
        return Page.Answer.json(JsonText.pretty(page));
    }

    private static Map<String, Object> sync(Clients.Client client) {
        Proxy proxy = client.proxy().proxy();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cluster_id", proxy.clusterId());
        tree.put("proxy", proxy.id());
        tree.put("proxy_type", proxy.type().id());
        tree.put("istio_version", proxy.metadata().text("ISTIO_VERSION"));
        put(tree, "cluster", watch(client, TypeUrl.CLUSTER));
        put(tree, "listener", watch(client, TypeUrl.LISTENER));
        put(tree, "route", watch(client, TypeUrl.ROUTE));
        put(tree, "endpoint", watch(client, TypeUrl.ENDPOINT));
        put(tree, "extensionconfig", watch(client, TypeUrl.EXTENSION_CONFIG));
        Map<String, Object> resources = new TreeMap<>();
        for (WatchStatus watch : client.watches()) {
            resources.put(
                    watch.type().url(), resource(watch, client.proxy().sentAt().get(watch.type())));
        }
        tree.put("resources", resources);
        tree.values().removeIf(""::equals);
        return tree;
    }

    private static Map<String, Object> resource(WatchStatus watch, @Nullable Instant sentAt) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("sent", watch.nonceSent());
        one.put("acked", watch.nonceAcked());
        if (sentAt != null) {
            one.put("sentTime", sentAt.toString());
        }
        one.put("lastError", watch.lastError());
        one.values().removeIf(""::equals);
        return one;
    }

    private static @Nullable WatchStatus watch(Clients.Client client, TypeUrl type) {
        return client.watches().stream()
                .filter(watch -> watch.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    private static void put(Map<String, Object> tree, String name, @Nullable WatchStatus watch) {
        if (watch != null) {
            tree.put(name + "_sent", watch.nonceSent());
            tree.put(name + "_acked", watch.nonceAcked());
        }
    }

    /** {@code /debug/push_status}: the last push. */
    Page.Answer pushStatus(Map<String, String> query) {
        Era era = eras.get();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("version", era.version());
        page.put("full", era.change().everything());
        page.put("changedEndpoints", List.copyOf(era.change().endpointHosts()));
        page.put("services", era.state().services());
        page.put("virtualServices", era.state().virtualServices());
        return Page.Answer.json(JsonText.pretty(page));
    }

    /** {@code /debug/cachez}: how many sets of resources were generated, and for how many proxies. */
    Page.Answer cachez(Map<String, String> query) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("entries", eras.get().size());
        page.put("clients", clients.all().size());
        return Page.Answer.json(JsonText.pretty(page));
    }
}
