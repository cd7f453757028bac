package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.scope.EgressListener;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.filterchain.HeaderSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Groups the hosts of one egress listener by the VirtualService that routes them; the rest get default routes. */
final class SidecarHosts {
    private static final int HTTP_PORT = 80;

    private final ProxyView view;
    private final EgressListener egress;
    private final int port;
    private final HeaderSettings headers;
    private final Map<String, Service> services = new LinkedHashMap<>();

    /** @param port the listener's port, or 0 for all ports of all services */
    SidecarHosts(ProxyView view, EgressListener egress, int port, HeaderSettings headers) {
        this.view = view;
        this.egress = egress;
        this.port = port;
        this.headers = headers;
        for (Service service : egress.services()) {
            ServicePort own = service.port(port);
            if (port == 0) {
                services.put(service.hostname(), service);
            } else if (own != null) {
                services.put(service.hostname().toLowerCase(Locale.ROOT), service.withPorts(ImmutableList.of(own)));
            }
        }
    }

    /** Order: VirtualServices as they come, then services without one. */
    List<HostGroup> groups() {
        List<HostGroup> out = new ArrayList<>();
        for (MergedVirtualService owner : egress.virtualServices()) {
            // On port 80 hosts that no service has are routed as well; elsewhere they cannot be reached.
            if (port == HTTP_PORT || touchesService(owner)) {
                out.addAll(routed(owner));
            }
        }
        out.forEach(group -> group.services()
                .forEach(service -> services.remove(service.hostname().toLowerCase(Locale.ROOT))));
        for (Service service : services.values()) {
            if (service.resolution() != Resolution.ALIAS) {
                service.ports().stream()
                        .filter(own -> isHttpOrUnknown(own.protocol()))
                        .forEach(own -> out.add(unrouted(service, own)));
            }
        }
        return out;
    }

    private static boolean isHttpOrUnknown(Protocol protocol) {
        return protocol.isHttp() || protocol.isUnsupported();
    }

    private boolean touchesService(MergedVirtualService owner) {
        return owner.spec().hosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .anyMatch(host -> services.containsKey(host)
                        || services.keySet().stream()
                                .anyMatch(service -> (Hosts.isWildcard(host) || Hosts.isWildcard(service))
                                        && Hosts.overlap(host, service)));
    }

    private List<HostGroup> routed(MergedVirtualService owner) {
        ImmutableList<Route> routes = HttpRoutes.translate(new RouteContext(
                owner.resource(),
                view.proxy(),
                port,
                ImmutableSet.of(VirtualServiceIndex.MESH),
                false,
                headers.forwardedHost(),
                view.mesh().defaultHttpRetryPolicy(),
                services::get,
                this::hash));
        if (routes.isEmpty()) {
            return List.of();
        }
        List<String> others = new ArrayList<>();
        List<Service> found = find(owner, others);
        boolean foreign = owner.isGatewayRoute()
                && found.stream()
                        .noneMatch(service -> service.namespace().equals(owner.namespace())
                                || view.proxy().namespace().equals(owner.namespace()));
        return foreign ? List.of() : byPort(owner, found, ImmutableList.copyOf(others), routes);
    }

    private List<HostGroup> byPort(
            MergedVirtualService owner,
            List<Service> found,
            ImmutableList<String> others,
            ImmutableList<Route> routes) {
        SortedMap<Integer, List<Service>> byPort = new TreeMap<>();
        for (Service service : found) {
            for (ServicePort own : service.ports()) {
                if (isHttpOrUnknown(own.protocol())) {
                    byPort.computeIfAbsent(own.port(), p -> new ArrayList<>()).add(service);
                }
            }
        }
        if (byPort.isEmpty() && port == HTTP_PORT) {
            byPort.put(HTTP_PORT, List.of());
        }
        List<HostGroup> out = new ArrayList<>();
        byPort.forEach((number, some) ->
                out.add(new HostGroup(number, ImmutableList.copyOf(some), others, routes, owner.origins())));
        return out;
    }

    /** The services that the VirtualService's hosts name; hosts without one go into {@code others}. */
    private List<Service> find(MergedVirtualService owner, List<String> others) {
        List<Service> found = new ArrayList<>();
        List<String> wildcards = new ArrayList<>();
        for (String host : owner.spec().hosts()) {
            String lower = host.toLowerCase(Locale.ROOT);
            Service service = services.get(lower);
            if (Hosts.isWildcard(lower)) {
                wildcards.add(lower);
            } else if (service == null) {
                others.add(host);
            } else {
                found.add(service);
            }
        }
        for (String wildcard : wildcards) {
            boolean fits = !owner.isGatewayRoute() && addCovered(wildcard, owner, found);
            if (!fits) {
                others.add(wildcard);
            }
        }
        return found;
    }

    /** A service belongs to the VirtualService whose host fits it best, and to no other. */
    private boolean addCovered(String wildcard, MergedVirtualService owner, List<Service> found) {
        boolean fits = false;
        for (Map.Entry<String, Service> service : services.entrySet()) {
            if (Hosts.overlap(service.getKey(), wildcard)) {
                fits = true;
                if (owner.key().equals(egress.routesByHost().get(service.getKey()))) {
                    found.add(service.getValue());
                }
            }
        }
        return fits;
    }

    private @Nullable ConsistentHashLB hash(HTTPRouteDestination destination) {
        if (destination.destination() == null) {
            return null;
        }
        MergedDestinationRule rule =
                view.destinationRule(destination.destination().host());
        return rule == null ? null : HashPolicies.ofDestination(rule.spec(), destination.destination());
    }

    private HostGroup unrouted(Service service, ServicePort own) {
        Route route = DefaultRoutes.outbound(
                ClusterNames.outbound(own.port(), "", service.hostname()),
                DefaultRoutes.operation(service.hostname(), own.port()),
                view.mesh().defaultHttpRetryPolicy());
        MergedDestinationRule rule = view.destinationRule(service.hostname());
        HashPolicy policy = rule == null ? null : policy(rule.spec(), own.port());
        if (policy != null) {
            Route.Builder hashed = route.toBuilder();
            hashed.getRouteBuilder().addHashPolicy(policy);
            route = hashed.build();
        }
        return new HostGroup(
                own.port(), ImmutableList.of(service), ImmutableList.of(), ImmutableList.of(route), ImmutableList.of());
    }

    private static @Nullable HashPolicy policy(DestinationRule rule, int port) {
        return HashPolicies.toEnvoy(HashPolicies.ofServicePort(rule, port));
    }
}
