package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.layar.config.Resource;
import io.layar.config.networking.Delegate;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.VirtualService;
import io.layar.mesh.kube.Origin;
import io.layar.mesh.service.Visibility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * VirtualServices by gateway and by who sees them. Order: oldest first.
 *
 * <p>{@code privately} and {@code exported} are keyed by {@link Place}, {@code publicly} by gateway. Thread: any (immutable).
 */
public record VirtualServiceIndex(
        ImmutableList<MergedVirtualService> all,
        ImmutableListMultimap<Place, MergedVirtualService> privately,
        ImmutableListMultimap<Place, MergedVirtualService> exported,
        ImmutableListMultimap<String, MergedVirtualService> publicly) {
    public static final VirtualServiceIndex EMPTY = new VirtualServiceIndex(
            ImmutableList.of(), ImmutableListMultimap.of(), ImmutableListMultimap.of(), ImmutableListMultimap.of());
    /** The gateway that stands for all sidecars. */
    public static final String MESH = ShortNames.MESH;

    /** A gateway seen from a namespace. */
    public record Place(String namespace, String gateway) {}

    /** Of all objects of the kind; {@code byDefault} is for those that do not say whom they are exported to. */
    public static VirtualServiceIndex of(
            Collection<Resource<VirtualService>> resources, Visibility byDefault, String domain) {
        List<MergedVirtualService> merged = merge(resources, byDefault, domain);
        var privately = ImmutableListMultimap.<Place, MergedVirtualService>builder();
        var exported = ImmutableListMultimap.<Place, MergedVirtualService>builder();
        var publicly = ImmutableListMultimap.<String, MergedVirtualService>builder();
        for (MergedVirtualService service : merged) {
            for (String gateway : service.gateways()) {
                if (service.exportTo().isPublic()) {
                    publicly.put(gateway, service);
                } else if (!service.exportTo().isNone()) {
                    for (String namespace : service.exportTo().to()) {
                        var target = namespace.equals(service.namespace()) ? privately : exported;
                        target.put(new Place(namespace, gateway), service);
                    }
                }
            }
        }
        return new VirtualServiceIndex(
                ImmutableList.copyOf(merged), privately.build(), exported.build(), publicly.build());
    }

    /** Those that {@code gateway} shows to {@code namespace}: private ones, exported ones, public ones. */
    public List<MergedVirtualService> forGateway(String namespace, String gateway) {
        Place place = new Place(namespace, gateway);
        List<MergedVirtualService> out = new ArrayList<>(privately.get(place));
        out.addAll(exported.get(place));
        // A route of the Gateway API in the consumer's own namespace overrides the producer's.
        for (boolean own : new boolean[] {true, false}) {
            for (MergedVirtualService service : publicly.get(gateway)) {
                if (own == (service.isGatewayRoute() && service.namespace().equals(namespace))) {
                    out.add(service);
                }
            }
        }
        return out;
    }

    private static List<MergedVirtualService> merge(
            Collection<Resource<VirtualService>> resources, Visibility byDefault, String domain) {
        List<Resource<VirtualService>> sorted = new ArrayList<>(resources);
        sorted.sort(CreationOrder.OLDEST_FIRST);
        Map<String, Resource<VirtualService>> delegates = new LinkedHashMap<>();
        for (Resource<VirtualService> resource : sorted) {
            if (resource.spec().hosts().isEmpty()) {
                delegates.put(
                        resource.namespace() + "/" + resource.name(),
                        resource.withSpec(ShortNames.resolve(resource, domain)));
            }
        }
        List<MergedVirtualService> out = new ArrayList<>();
        for (Resource<VirtualService> resource : sorted) {
            if (!resource.spec().hosts().isEmpty()) {
                out.add(merge(resource, delegates, byDefault, domain));
            }
        }
        return out;
    }

    private static MergedVirtualService merge(
            Resource<VirtualService> resource,
            Map<String, Resource<VirtualService>> delegates,
            Visibility byDefault,
            String domain) {
        Visibility exportTo = visibility(resource, byDefault);
        Set<String> origins = new LinkedHashSet<>(Set.of(Origin.of(resource)));
        if (MergedVirtualService.isGatewayRoute(resource)) {
            return new MergedVirtualService(resource, exportTo, ImmutableList.copyOf(origins));
        }
        VirtualService spec = ShortNames.resolve(resource, domain);
        if (!MergedVirtualService.isIngressRoute(resource)
                && spec.http().stream().anyMatch(r -> r.delegate() != null)) {
            spec = new VirtualService(
                    spec.hosts(),
                    spec.gateways(),
                    withDelegates(resource, spec, delegates, byDefault, origins),
                    spec.tls(),
                    spec.tcp(),
                    spec.exportTo());
        }
        return new MergedVirtualService(resource.withSpec(spec), exportTo, ImmutableList.copyOf(origins));
    }

    private static ImmutableList<HTTPRoute> withDelegates(
            Resource<VirtualService> root,
            VirtualService spec,
            Map<String, Resource<VirtualService>> delegates,
            Visibility byDefault,
            Set<String> origins) {
        var out = ImmutableList.<HTTPRoute>builder();
        for (HTTPRoute route : spec.http()) {
            if (route.delegate() == null) {
                out.add(route);
                continue;
            }
            Resource<VirtualService> delegate = find(route.delegate(), root.namespace(), delegates);
            if (delegate != null && visibility(delegate, byDefault).includes(root.namespace())) {
                origins.add(Origin.of(delegate));
                out.addAll(Delegates.merge(route, delegate.spec().http()));
            }
        }
        return out.build();
    }

    private static @Nullable Resource<VirtualService> find(
            Delegate delegate, String rootNamespace, Map<String, Resource<VirtualService>> delegates) {
        String namespace = delegate.namespace().isEmpty() ? rootNamespace : delegate.namespace();
        return delegates.get(namespace + "/" + delegate.name());
    }

    private static Visibility visibility(Resource<VirtualService> resource, Visibility byDefault) {
        var own = resource.spec().exportTo();
        return Visibility.of(own.isEmpty() ? byDefault.to() : own, resource.namespace());
    }
}
