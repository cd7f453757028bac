package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoyfilter.Patches;
import io.layar.xdsgen.envoyfilter.RoutePatches;
import io.layar.xdsgen.gateway.GatewayRoutes;
import io.layar.xdsgen.gateway.MergedGateway;
import java.util.List;

/** The route configurations of a proxy by their names. */
public final class Routes {
    private Routes() {}

    /** Order: as asked for. */
    public static List<XdsResource> generate(ProxyView view, List<String> names) {
        Patches patches = Patches.of(view);
        return switch (view.proxy().type()) {
            case SIDECAR, WAYPOINT -> {
                RoutePatches changes =
                        new RoutePatches(patches, PatchContext.SIDECAR_OUTBOUND, ImmutableSetMultimap.of());
                yield names.stream()
                        .map(name -> patched(SidecarRoutes.generate(view, name), changes, patches))
                        .toList();
            }
            case ROUTER -> {
                MergedGateway merged = MergedGateway.of(view);
                RoutePatches changes = new RoutePatches(patches, PatchContext.GATEWAY, merged.declaredPorts());
                yield names.stream()
                        .map(name -> patched(GatewayRoutes.generate(view, merged, name), changes, patches))
                        .toList();
            }
            case ZTUNNEL -> List.of();
        };
    }

    private static XdsResource patched(XdsResource made, RoutePatches changes, Patches patches) {
        RouteConfiguration before = (RouteConfiguration) made.message();
        RouteConfiguration after = changes.apply(before);
        if (after.equals(before)) {
            return made;
        }
        return new XdsResource(
                made.name(),
                after,
                ImmutableList.<String>builder()
                        .addAll(made.provenance())
                        .addAll(patches.origins())
                        .build());
    }
}
