package io.layar.discovery.debug;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.admin.v3.BootstrapConfigDump;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EcdsConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import io.envoyproxy.envoy.admin.v3.ScopedRoutesConfigDump;
import io.envoyproxy.envoy.admin.v3.SecretsConfigDump;
import io.layar.discovery.push.Era;
import io.layar.xds.ResourceSet;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import io.layar.xds.session.WatchStatus;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The configuration: what came in, and what each proxy was given of it. */
final class ConfigPages {
    private final Clients clients;
    private final Supplier<Era> eras;

    ConfigPages(Clients clients, Supplier<Era> eras) {
        this.clients = clients;
        this.eras = eras;
    }

    /** {@code /debug/config_dump?proxyID=}: as the proxy's own admin page would say it; {@code include_eds} adds endpoints. */
    Page.Answer configDump(Map<String, String> query)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (query.getOrDefault("proxyID", "").isEmpty()) {
            return new Page.Answer(400, "text/plain", "You must provide a proxyID in the query string\n");
        }
        List<Clients.Client> found = clients.named(query);
        if (found.isEmpty()) {
            return StatusPages.notConnected();
        }
        Map<TypeUrl, WatchStatus> watches = new LinkedHashMap<>();
        found.getFirst().watches().forEach(watch -> watches.put(watch.type(), watch));
        ConfigDump.Builder dump = ConfigDump.newBuilder();
        dump.addConfigs(Any.pack(BootstrapConfigDump.getDefaultInstance()));
        dump.addConfigs(Any.pack(clusters(watches)));
        if (query.containsKey("include_eds")) {
            dump.addConfigs(Any.pack(endpoints(watches)));
        }
        dump.addConfigs(Any.pack(listeners(watches)));
        dump.addConfigs(Any.pack(ScopedRoutesConfigDump.getDefaultInstance()));
        dump.addConfigs(Any.pack(routes(watches)));
        dump.addConfigs(Any.pack(SecretsConfigDump.getDefaultInstance()));
        dump.addConfigs(Any.pack(extensions(watches)));
        return Page.Answer.json(EnvoyTypes.toJson(dump.build()) + "\n");
    }

    private static Iterable<XdsResource> sent(Map<TypeUrl, WatchStatus> watches, TypeUrl type) {
        WatchStatus watch = watches.get(type);
        return watch == null ? List.of() : watch.sent().byName().values();
    }

    private static String version(Map<TypeUrl, WatchStatus> watches, TypeUrl type) {
        WatchStatus watch = watches.get(type);
        return watch == null ? "" : watch.versionSent();
    }

    private static Message clusters(Map<TypeUrl, WatchStatus> watches) {
        var dump = ClustersConfigDump.newBuilder().setVersionInfo(version(watches, TypeUrl.CLUSTER));
        sent(watches, TypeUrl.CLUSTER)
                .forEach(resource -> dump.addDynamicActiveClusters(
                        ClustersConfigDump.DynamicCluster.newBuilder().setCluster(resource.body())));
        return dump.build();
    }

    private static Message listeners(Map<TypeUrl, WatchStatus> watches) {
        String version = version(watches, TypeUrl.LISTENER);
        var dump = ListenersConfigDump.newBuilder().setVersionInfo(version);
        sent(watches, TypeUrl.LISTENER)
                .forEach(resource -> dump.addDynamicListeners(ListenersConfigDump.DynamicListener.newBuilder()
                        .setName(resource.name())
                        .setActiveState(ListenersConfigDump.DynamicListenerState.newBuilder()
                                .setVersionInfo(version)
                                .setListener(resource.body()))));
        return dump.build();
    }

    private static Message routes(Map<TypeUrl, WatchStatus> watches) {
        String version = version(watches, TypeUrl.ROUTE);
        var dump = RoutesConfigDump.newBuilder();
        sent(watches, TypeUrl.ROUTE)
                .forEach(resource -> dump.addDynamicRouteConfigs(RoutesConfigDump.DynamicRouteConfig.newBuilder()
                        .setVersionInfo(version)
                        .setRouteConfig(resource.body())));
        return dump.build();
    }

    private static Message endpoints(Map<TypeUrl, WatchStatus> watches) {
        String version = version(watches, TypeUrl.ENDPOINT);
        var dump = EndpointsConfigDump.newBuilder();
        sent(watches, TypeUrl.ENDPOINT)
                .forEach(resource ->
                        dump.addDynamicEndpointConfigs(EndpointsConfigDump.DynamicEndpointConfig.newBuilder()
                                .setVersionInfo(version)
                                .setEndpointConfig(resource.body())));
        return dump.build();
    }

    private static Message extensions(Map<TypeUrl, WatchStatus> watches) {
        String version = version(watches, TypeUrl.EXTENSION_CONFIG);
        var dump = EcdsConfigDump.newBuilder();
        sent(watches, TypeUrl.EXTENSION_CONFIG)
                .forEach(resource -> dump.addEcdsFilters(EcdsConfigDump.EcdsFilterConfig.newBuilder()
                        .setVersionInfo(version)
                        .setEcdsFilter(resource.body())));
        return dump.build();
    }

    /** A page with the resources of one kind that one proxy, or each, was sent. */
    Page sentOf(TypeUrl type) {
        return query -> {
            List<Clients.Client> found = clients.named(query);
            if (found.isEmpty() && query.containsKey("proxyID")) {
                return StatusPages.notConnected();
            }
            List<String> texts = new ArrayList<>();
            for (Clients.Client client : found) {
                ResourceSet sent = client.watches().stream()
                        .filter(watch -> watch.type().equals(type))
                        .map(WatchStatus::sent)
                        .findFirst()
                        .orElse(ResourceSet.EMPTY);
                sent.bodies().forEach(body -> texts.add(EnvoyTypes.toJson(body)));
            }
            return Page.Answer.json("[" + String.join(",\n", texts) + "]\n");
        };
    }

    /** {@code /debug/configz}: every object of the configuration by kind, namespace and name. */
    Page.Answer configz(Map<String, String> query) {
        List<Object> page = new ArrayList<>();
        eras.get().state().config().all().values().forEach(resource -> {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", resource.name());
            metadata.put("namespace", resource.namespace());
            metadata.values().removeIf(""::equals);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", resource.kind().name());
            one.put("apiVersion", resource.apiVersion());
            one.put("metadata", metadata);
            one.put("source", resource.position().toString());
            page.add(one);
        });
        return Page.Answer.json(JsonText.pretty(page));
    }
}
