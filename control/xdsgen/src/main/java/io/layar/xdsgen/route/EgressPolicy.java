package io.layar.xdsgen.route;

import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.OutboundTrafficPolicy;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.ClusterNames;

/**
 * What a sidecar does with traffic to destinations that the mesh does not know.
 *
 * <p>Shape: {@code cluster} takes such traffic where it is not resolved by name.
 */
public record EgressPolicy(Mode mode, String cluster) {

    /** The modes of the mesh configuration. */
    public enum Mode {
        REGISTRY_ONLY,
        ALLOW_ANY,
        ALLOW_ANY_DYNAMIC_DNS
    }

    /** The Sidecar's own policy, else the mesh's. */
    public static EgressPolicy of(ProxyView view) {
        OutboundTrafficPolicy own = view.scope().outboundTrafficPolicy();
        if (own != null) {
            if (own.mode() == OutboundTrafficPolicy.Mode.REGISTRY_ONLY) {
                return new EgressPolicy(Mode.REGISTRY_ONLY, ClusterNames.BLACK_HOLE);
            }
            return new EgressPolicy(
                    Mode.ALLOW_ANY,
                    own.egressProxy() == null
                            ? ClusterNames.PASSTHROUGH
                            : Destinations.cluster(own.egressProxy(), null, 0));
        }
        MeshConfig.OutboundTrafficPolicy mesh = view.mesh().outboundTrafficPolicy();
        MeshConfig.OutboundTrafficPolicy.Mode mode =
                mesh == null ? MeshConfig.OutboundTrafficPolicy.Mode.REGISTRY_ONLY : mesh.mode();
        return switch (mode) {
            case REGISTRY_ONLY -> new EgressPolicy(Mode.REGISTRY_ONLY, ClusterNames.BLACK_HOLE);
            case ALLOW_ANY -> new EgressPolicy(Mode.ALLOW_ANY, ClusterNames.PASSTHROUGH);
            case ALLOW_ANY_DYNAMIC_DNS ->
                view.proxy().isSidecar()
                        ? new EgressPolicy(Mode.ALLOW_ANY_DYNAMIC_DNS, ClusterNames.PASSTHROUGH)
                        : new EgressPolicy(Mode.REGISTRY_ONLY, ClusterNames.BLACK_HOLE);
        };
    }
}
