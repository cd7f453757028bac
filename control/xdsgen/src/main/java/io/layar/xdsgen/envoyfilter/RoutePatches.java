package io.layar.xdsgen.envoyfilter;

import com.google.common.collect.ImmutableSetMultimap;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patches route configurations of one side: the configuration, its virtual hosts, their routes. */
public final class RoutePatches {
    private final Patches patches;
    private final PatchContext context;
    private final RouteMatches matches;

    /** @param gatewayPorts the ports that servers declare, by the port on which a gateway listens for them */
    public RoutePatches(Patches patches, PatchContext context, ImmutableSetMultimap<Integer, Integer> gatewayPorts) {
        this.patches = patches;
        this.context = context;
        this.matches = new RouteMatches(context, gatewayPorts);
    }

    private List<Patch> of(ApplyTo target, String configuration) {
        return patches.to(target).stream()
                .filter(patch -> patch.isFor(context) && matches.configuration(configuration, patch))
                .toList();
    }

    public RouteConfiguration apply(RouteConfiguration configuration) {
        if (patches.isEmpty()) {
            return configuration;
        }
        RouteConfiguration.Builder out = configuration.toBuilder();
        of(ApplyTo.ROUTE_CONFIGURATION, out.getName()).stream()
                .filter(Patch::isMerge)
                .forEach(patch -> patch.mergeInto(out));
        List<Patch> ofHosts = of(ApplyTo.VIRTUAL_HOST, out.getName());
        List<Patch> ofRoutes = of(ApplyTo.HTTP_ROUTE, out.getName());
        List<VirtualHost> hosts = new ArrayList<>();
        for (VirtualHost host : out.getVirtualHostsList()) {
            VirtualHost patched = host(host, ofHosts, ofRoutes);
            if (patched != null) {
                hosts.add(patched);
            }
        }
        for (Patch patch : ofHosts) {
            if (patch.operation() == Operation.ADD && patch.value() instanceof VirtualHost added) {
                hosts.add(added);
            }
        }
        return out.clearVirtualHosts().addAllVirtualHosts(hosts).build();
    }

    private static @Nullable VirtualHost host(VirtualHost host, List<Patch> ofHosts, List<Patch> ofRoutes) {
        VirtualHost.Builder out = host.toBuilder();
        for (Patch patch : ofHosts) {
            if (!RouteMatches.host(out, patch)) {
                continue;
            }
            if (patch.operation() == Operation.REMOVE) {
                return null;
            }
            if (patch.isMerge()) {
                patch.mergeInto(out);
            } else if (patch.operation() == Operation.REPLACE && patch.value() instanceof VirtualHost value) {
                out = value.toBuilder();
            }
        }
        routes(out, ofRoutes);
        return out.build();
    }

    private static void routes(VirtualHost.Builder host, List<Patch> patches) {
        List<Patch> own =
                patches.stream().filter(patch -> RouteMatches.host(host, patch)).toList();
        List<Route> routes = new ArrayList<>();
        for (Route route : host.getRoutesList()) {
            Route patched = route(route, own);
            if (patched != null) {
                routes.add(patched);
            }
        }
        for (Patch patch : own) {
            if (patch.value() instanceof Route value) {
                add(routes, patch, value);
            }
        }
        host.clearRoutes().addAllRoutes(routes);
    }

    private static @Nullable Route route(Route route, List<Patch> patches) {
        Route.Builder out = route.toBuilder();
        for (Patch patch : patches) {
            if (!RouteMatches.route(out, patch)) {
                continue;
            }
            if (patch.operation() == Operation.REMOVE) {
                return null;
            }
            if (patch.isMerge()) {
                patch.mergeInto(out);
            }
        }
        return out.build();
    }

    /** First of all routes, even where a route is named: the name only says whether to insert. */
    private static void add(List<Route> routes, Patch patch, Route value) {
        boolean named = RouteMatches.namesRoute(patch);
        if (patch.operation() == Operation.INSERT_FIRST) {
            if (!named || routes.stream().anyMatch(route -> RouteMatches.route(route, patch))) {
                routes.addFirst(value);
            }
        } else if (patch.operation() != Operation.REPLACE) {
            FilterLists.apply(routes, patch.operation(), value, named, route -> RouteMatches.route(route, patch));
        }
    }
}
