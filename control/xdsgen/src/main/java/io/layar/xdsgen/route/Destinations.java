package io.layar.xdsgen.route;

import io.layar.config.networking.Destination;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.envoy.ClusterNames;
import org.jspecify.annotations.Nullable;

/** The cluster behind a destination. */
public final class Destinations {
    private Destinations() {}

    /**
     * The outbound cluster of a destination.
     *
     * <p>The port is the destination's own, else the only one of the service, else that of the listener. A service that is
     * unknown is not an error: the cluster may be part of the bootstrap.
     */
    public static String cluster(@Nullable Destination destination, @Nullable Service service, int listenPort) {
        if (destination == null || destination.host().isEmpty()) {
            return ClusterNames.UNKNOWN;
        }
        String host = destination.host();
        if (service != null && !service.kubernetes().externalName().isEmpty()) {
            host = service.kubernetes().externalName();
        }
        int port = listenPort;
        if (destination.port() != null) {
            port = destination.port().number();
        } else if (service != null && service.ports().size() == 1) {
            port = service.ports().getFirst().port();
        }
        return ClusterNames.outbound(port, destination.subset(), host);
    }
}
