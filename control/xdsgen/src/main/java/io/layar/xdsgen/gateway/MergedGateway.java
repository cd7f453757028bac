package io.layar.xdsgen.gateway;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.layar.mesh.GatewaySelection;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.ServiceTarget;
import io.layar.xdsgen.envoy.ConfigMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All Gateways that select a proxy as one: which servers share a port, and which routes they use.
 *
 * <p>Order: Gateways oldest first; of two servers that cannot share a port the first one stays. Shape: {@code byRoute} has
 * the servers of a route configuration's name.
 */
public record MergedGateway(
        ImmutableList<Group> groups,
        ImmutableListMultimap<String, BoundServer> byRoute,
        ImmutableList<String> origins) {

    /** Without it a Service's port is not translated into the proxy's. */
    private static final String NO_TRANSLATION_LABEL = "experimental.istio.io/disable-gateway-port-translation";

    /** Servers on one port, of one declared protocol, at one address. {@code bind} empty: at all addresses. */
    public record Group(int port, String protocol, String bind, String routeName, ImmutableList<BoundServer> servers) {
        public Protocol parsedProtocol() {
            return Protocol.parse(protocol);
        }
    }

    /** Host patterns of the servers that pass connections on by their SNI alone. */
    public ImmutableSet<String> autoPassthroughHosts() {
        return groups.stream()
                .flatMap(group -> group.servers().stream())
                .filter(BoundServer::isAutoPassthrough)
                .flatMap(server -> server.hosts().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The ports that servers declare by the port that their route configuration is named for. */
    public ImmutableSetMultimap<Integer, Integer> declaredPorts() {
        ImmutableSetMultimap.Builder<Integer, Integer> out = ImmutableSetMultimap.builder();
        byRoute.forEach((route, server) -> out.put(portOf(route), server.port().number()));
        return out.build();
    }

    private static int portOf(String routeName) {
        List<String> parts = Splitter.on('.').splitToList(routeName);
        String port = parts.size() > 1 ? parts.get(1) : "";
        boolean plain = parts.size() == 2 || parts.size() == 5;
        return plain && !port.isEmpty() && port.chars().allMatch(Character::isDigit) ? Integer.parseInt(port) : 0;
    }

    public static MergedGateway of(ProxyView view) {
        Merge merge = new Merge();
        for (GatewaySelection selection : view.gateways()) {
            merge.add(selection);
        }
        return merge.result();
    }

    private record Key(int port, String protocol, String bind) {}

    private static final class Draft {
        private String routeName;
        private final List<BoundServer> servers = new ArrayList<>();

        Draft(String routeName) {
            this.routeName = routeName;
        }
    }

    /** The merge in progress. */
    private static final class Merge {
        private final Map<Key, Draft> drafts = new LinkedHashMap<>();
        private final Set<Integer> ports = new LinkedHashSet<>();
        private final Map<Integer, Key> plainByPort = new HashMap<>();
        private final Map<Integer, Set<String>> tlsBindsByPort = new HashMap<>();
        private final Map<Integer, KnownHosts> tlsHostsByPort = new HashMap<>();
        private final Map<String, List<BoundServer>> byRoute = new LinkedHashMap<>();
        private final Set<String> origins = new LinkedHashSet<>();

        void add(GatewaySelection selection) {
            var gateway = selection.gateway();
            origins.add(ConfigMetadata.origin(gateway));
            gateway.spec().servers().forEach(server -> {
                if (server.port() != null) {
                    for (int port : listenPorts(server.port().number(), selection)) {
                        add(BoundServer.of(gateway.namespace(), gateway.name(), server, server.port(), port), port);
                    }
                }
            });
        }

        /** A Gateway chosen by labels may name a Service's port or the proxy's own; one for a Service, that Service's. */
        private static Set<Integer> listenPorts(int number, GatewaySelection selection) {
            Set<Integer> out = new LinkedHashSet<>();
            for (ServiceTarget target : selection.targets()) {
                boolean untranslated =
                        selection.bySelector() && target.service().labels().containsKey(NO_TRANSLATION_LABEL);
                if (!untranslated && target.port().port() == number) {
                    out.add(target.targetPort());
                    if (selection.bySelector()) {
                        return out;
                    }
                }
            }
            if (out.isEmpty() && selection.bySelector()) {
                out.add(number);
            }
            return out;
        }

        private void add(BoundServer server, int port) {
            if (server.tls() != null
                    && !tlsHostsByPort
                            .computeIfAbsent(port, p -> new KnownHosts())
                            .add(server.hosts(), server.bind())) {
                return;
            }
            Key key = new Key(port, server.port().protocol(), server.bind());
            if (ports.add(port)) {
                open(key, server);
                return;
            }
            Key plain = plainByPort.get(port);
            if (plain != null) {
                addToPlain(key, plain, server);
            } else if (server.isTls()) {
                addToTls(key, server);
            } else {
                open(key, server);
            }
        }

        private void open(Key key, BoundServer server) {
            if (!server.isTls()) {
                plainByPort.put(key.port(), key);
            }
            if (server.isHttp()) {
                List<BoundServer> servers = new ArrayList<>();
                servers.add(server);
                byRoute.put(server.routeName(), servers);
            }
            Draft draft = new Draft(server.routeName());
            draft.servers.add(server);
            drafts.put(key, draft);
        }

        /** Plain HTTP joins plain HTTP; anything else needs another address. */
        private void addToPlain(Key key, Key plain, BoundServer server) {
            boolean sameBind = plain.bind().equals(key.bind());
            if (sameBind) {
                Protocol current = Protocol.parse(plain.protocol());
                boolean mergeable = (server.protocol().isHttp() || server.protocol() == current) && current.isHttp();
                Draft draft = drafts.get(plain);
                if (mergeable && !server.routeName().isEmpty() && draft != null) {
                    join(draft, server);
                }
                return;
            }
            Draft draft = drafts.get(key);
            if (draft == null) {
                open(key, server);
            } else {
                draft.routeName = server.routeName();
                join(draft, server);
            }
        }

        private void join(Draft draft, BoundServer server) {
            draft.servers.add(server);
            byRoute.computeIfAbsent(server.routeName(), r -> new ArrayList<>()).add(server);
        }

        /** TLS joins TLS, told apart by SNI; terminated HTTP needs a route name of its own. */
        private void addToTls(Key key, BoundServer server) {
            if (server.isHttp()) {
                if (server.routeName().isEmpty() || byRoute.containsKey(server.routeName())) {
                    return;
                }
                List<BoundServer> servers = new ArrayList<>();
                servers.add(server);
                byRoute.put(server.routeName(), servers);
            }
            boolean newBind = tlsBindsByPort
                    .computeIfAbsent(key.port(), p -> new LinkedHashSet<>())
                    .add(key.bind());
            if (server.tls() != null || newBind) {
                drafts.computeIfAbsent(key, k -> new Draft("")).servers.add(server);
            }
        }

        MergedGateway result() {
            ImmutableList.Builder<Group> groups = ImmutableList.builder();
            drafts.forEach((key, draft) -> groups.add(new Group(
                    key.port(), key.protocol(), key.bind(), draft.routeName, ImmutableList.copyOf(draft.servers))));
            ImmutableListMultimap.Builder<String, BoundServer> routes = ImmutableListMultimap.builder();
            byRoute.forEach(routes::putAll);
            return new MergedGateway(groups.build(), routes.build(), ImmutableList.copyOf(origins));
        }
    }

    /** SNI hosts in use on a port, by address: Envoy refuses a listener on which two chains match the same. */
    static final class KnownHosts {
        private final Map<String, String> bindByHost = new HashMap<>();

        /** Takes the hosts in unless one of them is already there at the same address. */
        boolean add(List<String> hosts, String bind) {
            if (hosts.stream().anyMatch(host -> bind.equals(bindByHost.get(host)))) {
                return false;
            }
            hosts.forEach(host -> bindByHost.put(host, bind));
            return true;
        }
    }
}
