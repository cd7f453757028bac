package io.layar.mesh.scope;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.networking.IstioEgressListener;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.routing.VirtualServiceIndex.Place;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceKey;
import io.layar.mesh.service.ServicePort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one egress listener imports. */
final class EgressImports {
    private static final Comparator<Service> OLDEST_FIRST = Comparator.comparing(
                    (Service s) -> s.created() == null ? Instant.MIN : s.created())
            .thenComparing(Service::name)
            .thenComparing(Service::namespace);

    private final ScopeInputs in;
    private final IstioEgressListener spec;
    private final HostImports imports;

    private EgressImports(ScopeInputs in, IstioEgressListener spec) {
        this.in = in;
        this.spec = spec;
        this.imports = HostImports.of(spec.hosts(), in.namespace());
    }

    static EgressListener of(ScopeInputs in, IstioEgressListener spec) {
        EgressImports egress = new EgressImports(in, spec);
        ImmutableList<MergedVirtualService> routes = egress.virtualServices();
        ImmutableList<Service> services = egress.services();
        return new EgressListener(spec, services, routes, routesByHost(routes, services));
    }

    /** A listener with a port imports only services with that port, unless it is an HTTP proxy for all of them. */
    static boolean matchesPort(IstioEgressListener spec) {
        return spec.port() != null
                && spec.port().number() != 0
                && Protocol.parse(spec.port().protocol()) != Protocol.HTTP_PROXY;
    }

    /** The service with but the listener's port; null when it has no such port. */
    static @Nullable Service atPort(Service service, IstioEgressListener spec) {
        ServicePort port = service.port(Objects.requireNonNull(spec.port()).number());
        if (port == null) {
            return null;
        }
        return service.ports().size() == 1 ? service : service.withPorts(ImmutableList.of(port));
    }

    private ImmutableList<Service> services() {
        List<Service> imported = new ArrayList<>();
        for (Service service : candidates()) {
            Service taken = taken(service);
            if (taken != null) {
                imported.add(taken);
            }
        }
        Map<String, Service> chosen = new LinkedHashMap<>();
        imported.forEach(s -> chosen.merge(s.hostname(), s, this::preferred));
        return imported.stream()
                .filter(s -> Objects.requireNonNull(chosen.get(s.hostname()))
                        .namespace()
                        .equals(s.namespace()))
                .collect(ImmutableList.toImmutableList());
    }

    /** One namespace for each host: the proxy's own, else one of Kubernetes, else the first. */
    private Service preferred(Service known, Service other) {
        if (other.namespace().equals(in.namespace())) {
            return other;
        }
        boolean better = !known.isKubernetes()
                && other.isKubernetes()
                && !known.namespace().equals(in.namespace());
        return better ? other : known;
    }

    private Collection<Service> candidates() {
        if (!imports.onlyExactHosts()) {
            return in.services().visibleTo(in.namespace());
        }
        List<Service> out = new ArrayList<>();
        imports.exactHosts()
                .forEach((namespace, hosts) -> hosts.forEach(host -> {
                    Service service = in.services().get(host, namespace);
                    if (service != null && in.services().isVisible(service, in.namespace())) {
                        out.add(service);
                    }
                }));
        out.sort(OLDEST_FIRST);
        return out;
    }

    private @Nullable Service taken(Service service) {
        if (imports.excludes(service.hostname(), service.namespace())) {
            return null;
        }
        for (boolean byNamespace : new boolean[] {true, false}) {
            if (imports.imports(service.hostname(), service.namespace(), byNamespace)) {
                Service atPort = matchesPort(spec) ? atPort(service, spec) : service;
                if (atPort != null) {
                    return withImportedAliases(atPort, byNamespace);
                }
            }
        }
        return null;
    }

    private Service withImportedAliases(Service service, boolean byNamespace) {
        List<ServiceKey> aliases = service.kubernetes().aliases().stream()
                .filter(a -> imports.imports(a.hostname(), service.namespace(), byNamespace))
                .toList();
        return aliases.size() == service.kubernetes().aliases().size() ? service : service.withAliases(aliases);
    }

    private ImmutableList<MergedVirtualService> virtualServices() {
        Place place = new Place(in.namespace(), VirtualServiceIndex.MESH);
        var out = ImmutableList.<MergedVirtualService>builder();
        Set<String> seen = new HashSet<>();
        for (Collection<MergedVirtualService> group : List.of(
                in.virtualServices().privately().get(place),
                in.virtualServices().exported().get(place),
                in.virtualServices().publicly().get(VirtualServiceIndex.MESH))) {
            for (boolean ownRoute : new boolean[] {true, false}) {
                for (MergedVirtualService vs : group) {
                    boolean own = vs.isGatewayRoute() && vs.namespace().equals(in.namespace());
                    if (own == ownRoute
                            && imports.importsRoute(vs.spec().hosts(), vs.namespace(), vs.isGatewayRoute())
                            && seen.add(vs.key())) {
                        out.add(vs);
                    }
                }
            }
        }
        return out.build();
    }

    private static ImmutableMap<String, String> routesByHost(
            List<MergedVirtualService> routes, List<Service> services) {
        Map<String, String> exact = new LinkedHashMap<>();
        Map<String, String> wildcard = new LinkedHashMap<>();
        for (MergedVirtualService vs : routes) {
            for (String host : vs.spec().hosts()) {
                (Hosts.isWildcard(host) ? wildcard : exact).putIfAbsent(host, vs.key());
            }
        }
        Map<String, String> out = new LinkedHashMap<>();
        for (Service service : services) {
            String found = exact.get(service.hostname());
            if (found == null) {
                String pattern = Hosts.mostSpecific(service.hostname(), wildcard);
                found = pattern == null ? null : wildcard.get(pattern);
            }
            if (found != null) {
                out.put(service.hostname(), found);
            }
        }
        return ImmutableMap.copyOf(out);
    }
}
