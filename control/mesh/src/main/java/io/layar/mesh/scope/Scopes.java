package io.layar.mesh.scope;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.config.Resource;
import io.layar.config.networking.CaptureMode;
import io.layar.config.networking.IstioEgressListener;
import io.layar.config.networking.OutboundTrafficPolicy;
import io.layar.config.networking.Sidecar;
import io.layar.mesh.Feature;
import io.layar.mesh.kube.Origin;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.service.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes scopes. */
public final class Scopes {
    private static final IstioEgressListener EVERYTHING =
            new IstioEgressListener(null, "", CaptureMode.DEFAULT, ImmutableList.of("*/*"));

    private final ScopeInputs in;

    private Scopes(ScopeInputs in) {
        this.in = in;
    }

    public static SidecarScope compute(ScopeInputs inputs) {
        return inputs.gateway() ? new Scopes(inputs).ofGateway() : new Scopes(inputs).ofSidecar();
    }

    private SidecarScope ofGateway() {
        ScopedServices services = new ScopedServices();
        in.services().visibleTo(in.namespace()).forEach(services::add);
        EgressListener routes = new EgressListener(
                null,
                ImmutableList.of(),
                ImmutableList.copyOf(in.virtualServices().forGateway(in.namespace(), VirtualServiceIndex.MESH)),
                ImmutableMap.of());
        return scope(SidecarScope.DEFAULT_NAME, null, ImmutableList.of(routes), services.build(), null);
    }

    private SidecarScope ofSidecar() {
        Resource<Sidecar> resource = in.sidecar();
        Sidecar sidecar = resource == null ? null : resource.spec();
        List<IstioEgressListener> specs =
                sidecar == null || sidecar.egress().isEmpty() ? List.of(EVERYTHING) : sidecar.egress();
        ImmutableList<EgressListener> listeners =
                specs.stream().map(spec -> EgressImports.of(in, spec)).collect(ImmutableList.toImmutableList());
        ScopedServices services = new ScopedServices();
        for (EgressListener listener : listeners) {
            listener.services().forEach(services::add);
            listener.virtualServices().forEach(vs -> addDestinations(services, listener, vs));
        }
        return scope(
                resource == null ? SidecarScope.DEFAULT_NAME : resource.name(),
                sidecar,
                listeners,
                services.build(),
                sidecar == null ? null : sidecar.outboundTrafficPolicy());
    }

    /** A route's destination is visible where the route is, though nobody imported it. */
    private void addDestinations(ScopedServices services, EgressListener listener, MergedVirtualService vs) {
        VirtualServiceDestinations.of(vs.spec(), in.namespace()).forEach((host, ports) -> {
            Service found = destination(host);
            Service trimmed = found == null ? null : trimmed(found, listener, ports);
            if (trimmed != null) {
                services.add(trimmed);
            }
        });
    }

    private @Nullable Service destination(String host) {
        Map<String, Service> byNamespace = in.services().ofHost(host);
        Service own = byNamespace.get(in.namespace());
        if (own != null) {
            return own;
        }
        boolean best = in.settings().isOn(Feature.SIDECAR_PICK_BEST_SERVICE_NAMESPACE);
        Service chosen = null;
        for (Service candidate : byNamespace.values()) {
            if (!in.services().isVisible(candidate, in.namespace())) {
                continue;
            }
            if (best && candidate.isKubernetes()) {
                return candidate;
            }
            if (chosen == null || (best && created(candidate).isBefore(created(chosen)))) {
                chosen = candidate;
            }
        }
        return chosen;
    }

    private static Instant created(Service service) {
        return service.created() == null ? Instant.MIN : service.created();
    }

    private static @Nullable Service trimmed(Service service, EgressListener listener, Set<Integer> ports) {
        if (listener.listener() != null && EgressImports.matchesPort(listener.listener())) {
            return EgressImports.atPort(service, listener.listener());
        }
        if (ports.isEmpty() || ports.contains(0)) {
            return service;
        }
        var some =
                service.ports().stream().filter(p -> ports.contains(p.port())).collect(ImmutableList.toImmutableList());
        if (some.size() == service.ports().size()) {
            return service;
        }
        return some.isEmpty() ? null : service.withPorts(some);
    }

    private SidecarScope scope(
            String name,
            @Nullable Sidecar sidecar,
            ImmutableList<EgressListener> listeners,
            ImmutableList<Service> services,
            @Nullable OutboundTrafficPolicy policy) {
        var byHost = ImmutableMap.<String, Service>builder();
        var rules = ImmutableMap.<String, ImmutableList<MergedDestinationRule>>builder();
        for (Service service : services) {
            byHost.put(service.hostname(), service);
            var found = in.destinationRules().lookup(in.namespace(), service);
            if (!found.isEmpty()) {
                rules.put(service.hostname(), found);
            }
        }
        return new SidecarScope(
                name,
                in.namespace(),
                sidecar,
                listeners,
                services,
                byHost.buildOrThrow(),
                rules.buildOrThrow(),
                policy,
                in.sidecar() == null ? ImmutableSet.of() : ImmutableSet.of(Origin.of(in.sidecar())));
    }
}
