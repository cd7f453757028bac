package io.layar.xds.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.xds.XdsResource;
import org.jspecify.annotations.Nullable;

/** Which endpoints a cluster waits for while it warms. */
final class ClusterNeeds {
    private ClusterNeeds() {}

    /** The name under which the cluster asks for its endpoints; null if it is not of type EDS or is not readable. */
    static @Nullable String endpointsOf(XdsResource resource) {
        try {
            Cluster cluster = Cluster.parseFrom(resource.body().getValue());
            if (cluster.getType() != Cluster.DiscoveryType.EDS) {
                return null;
            }
            String service = cluster.getEdsClusterConfig().getServiceName();
            return service.isEmpty() ? cluster.getName() : service;
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
