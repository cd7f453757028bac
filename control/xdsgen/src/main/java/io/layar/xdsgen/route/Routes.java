package io.layar.xdsgen.route;

import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.gateway.GatewayRoutes;
import io.layar.xdsgen.gateway.MergedGateway;
import java.util.List;

/** The route configurations of a proxy by their names. */
public final class Routes {
    private Routes() {}

    /** Order: as asked for. */
    public static List<XdsResource> generate(ProxyView view, List<String> names) {
        return switch (view.proxy().type()) {
            case SIDECAR, WAYPOINT ->
                names.stream().map(name -> SidecarRoutes.generate(view, name)).toList();
            case ROUTER -> {
                MergedGateway merged = MergedGateway.of(view);
                yield names.stream()
                        .map(name -> GatewayRoutes.generate(view, merged, name))
                        .toList();
            }
            case ZTUNNEL -> List.of();
        };
    }
}
