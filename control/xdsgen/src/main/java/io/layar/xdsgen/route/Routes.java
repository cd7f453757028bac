package io.layar.xdsgen.route;

import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import java.util.ArrayList;
import java.util.List;

/** The route configurations of a proxy by their names. */
public final class Routes {
    private Routes() {}

    /** Order: as asked for. */
    public static List<XdsResource> generate(ProxyView view, List<String> names) {
        List<XdsResource> out = new ArrayList<>();
        for (String name : names) {
            switch (view.proxy().type()) {
                case SIDECAR, WAYPOINT -> out.add(SidecarRoutes.generate(view, name));
                case ROUTER, ZTUNNEL -> {}
            }
        }
        return out;
    }
}
