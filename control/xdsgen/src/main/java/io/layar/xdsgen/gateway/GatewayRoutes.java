package io.layar.xdsgen.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.VirtualHost.TlsRequirementType;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.HeaderSettings;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.route.HashPolicies;
import io.layar.xdsgen.route.HttpRoutes;
import io.layar.xdsgen.route.RouteContext;
import io.layar.xdsgen.route.SidecarRoutes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway's route configuration: the virtual hosts of all servers that share it. */
public final class GatewayRoutes {
    private final ProxyView view;
    private final HeaderSettings headers;
    private final Map<String, ImmutableList<Route>> translated = new HashMap<>();
    private final Map<String, Draft> hosts = new LinkedHashMap<>();
    private final Set<String> origins = new LinkedHashSet<>();

    /** A virtual host in progress. Shape: {@code blocks} are the routes of one VirtualService each, compared by identity. */
    private static final class Draft {
        private final String name;
        private final List<String> domains = new ArrayList<>();
        private final List<ImmutableList<Route>> blocks = new ArrayList<>();
        private boolean onlyTls;

        Draft(String name, String host) {
            this.name = name;
            domains.add(host);
        }

        boolean hasSameRoutes(Draft other) {
            if (onlyTls != other.onlyTls || blocks.size() != other.blocks.size()) {
                return false;
            }
            for (int i = 0; i < blocks.size(); i++) {
                if (blocks.get(i) != other.blocks.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private GatewayRoutes(ProxyView view) {
        this.view = view;
        this.headers = HeaderSettings.of(view.proxyConfig(), ListenerClass.GATEWAY);
    }

    /** An unknown name gets an empty configuration: a gateway may still drain what was deleted. */
    public static XdsResource generate(ProxyView view, MergedGateway merged, String routeName) {
        GatewayRoutes routes = new GatewayRoutes(view);
        ImmutableList<BoundServer> servers = merged.byRoute().get(routeName);
        RouteConfiguration.Builder out =
                RouteConfiguration.newBuilder().setName(routeName).setValidateClusters(Protos.FALSE);
        if (!servers.isEmpty()) {
            servers.forEach(routes::add);
            out.addAllVirtualHosts(routes.virtualHosts(servers.getFirst()))
                    .setIgnorePortInHostMatching(true)
                    .setMaxDirectResponseBodySizeBytes(SidecarRoutes.MAX_BODY);
            routes.origins.addAll(merged.origins());
        }
        return new XdsResource(routeName, out.build(), ImmutableList.copyOf(routes.origins));
    }

    private void add(BoundServer server) {
        int port = server.port().number();
        for (MergedVirtualService owner : view.virtualServicesForGateway(server.gateway())) {
            Set<String> common =
                    GatewayHosts.common(server.hosts(), owner.spec().hosts(), owner.namespace());
            ImmutableList<Route> routes = common.isEmpty() ? ImmutableList.of() : routes(server, owner);
            if (routes.isEmpty()) {
                continue;
            }
            origins.addAll(owner.origins());
            for (String host : common) {
                Draft draft = draft(host, port);
                draft.blocks.add(routes);
                draft.onlyTls |= server.redirectsToHttps();
            }
        }
        if (server.redirectsToHttps()) {
            server.hosts().forEach(host -> draft(host, port).onlyTls = true);
        }
    }

    private Draft draft(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return hosts.computeIfAbsent(lower, h -> new Draft(Addresses.hostAndPort(h, port), h));
    }

    /** Translated once for each Gateway, so that hosts with the very same routes are known. */
    private ImmutableList<Route> routes(BoundServer server, MergedVirtualService owner) {
        return translated.computeIfAbsent(
                server.gateway() + " " + owner.key(),
                key -> HttpRoutes.translate(new RouteContext(
                        owner.resource(),
                        view.proxy(),
                        server.port().number(),
                        ImmutableSet.of(server.gateway()),
                        server.tls() != null,
                        headers.forwardedHost(),
                        view.mesh().defaultHttpRetryPolicy(),
                        host -> service(host, owner.namespace()),
                        this::hash)));
    }

    /** The service of the VirtualService's own namespace, if the gateway sees it. */
    private @Nullable Service service(String host, String namespace) {
        Service own = view.service(host, namespace);
        boolean visible = own != null
                && view.snapshot().services().isVisible(own, view.proxy().namespace());
        return visible ? own : view.scope().service(host);
    }

    private @Nullable ConsistentHashLB hash(HTTPRouteDestination destination) {
        if (destination.destination() == null) {
            return null;
        }
        MergedDestinationRule rule =
                view.destinationRule(destination.destination().host());
        return rule == null ? null : HashPolicies.ofDestination(rule.spec(), destination.destination());
    }

    private List<VirtualHost> virtualHosts(BoundServer first) {
        List<VirtualHost> out = new ArrayList<>();
        if (hosts.isEmpty()) {
            // Without any route Envoy answers 404.
            out.add(VirtualHost.newBuilder()
                    .setName(Addresses.hostAndPort("blackhole", first.port().number()))
                    .addDomains("*")
                    .build());
            return out;
        }
        for (Draft draft : collapsed()) {
            out.add(VirtualHost.newBuilder()
                    .setName(draft.name)
                    .addAllDomains(draft.domains)
                    .addAllRoutes(HttpRoutes.catchAllLast(
                            draft.blocks.stream().flatMap(List::stream).toList()))
                    .setIncludeRequestAttemptCount(headers.attemptCount())
                    .setRequireTls(draft.onlyTls ? TlsRequirementType.ALL : TlsRequirementType.NONE)
                    .build());
        }
        out.sort(Comparator.comparing(VirtualHost::getName));
        return out;
    }

    /** Hosts with the very same routes become one virtual host, named by the most specific of them. */
    private List<Draft> collapsed() {
        List<String> names = new ArrayList<>(hosts.keySet());
        names.sort(GatewayHosts.MOST_SPECIFIC_FIRST);
        List<Draft> out = new ArrayList<>();
        for (String name : names) {
            Draft draft = hosts.get(name);
            if (draft == null) {
                continue;
            }
            Draft same = view.isOn(Feature.ENABLE_ROUTE_COLLAPSE)
                    ? out.stream().filter(draft::hasSameRoutes).findFirst().orElse(null)
                    : null;
            if (same == null) {
                out.add(draft);
            } else {
                same.domains.addAll(draft.domains);
            }
        }
        return out;
    }
}
