package io.layar.proxy.transport;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import org.jspecify.annotations.Nullable;

/** Compiles the transport sockets of clusters. Thread: main loop. */
public interface UpstreamTransports {
    /**
     * Compiles {@code transport_socket} and {@code transport_socket_matches} of a cluster.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected} with the path from the cluster on.
     */
    ForCluster compile(Cluster cluster);

    /** Picks the transport of one endpoint. Thread: any (immutable). */
    interface ForCluster {
        /**
         * The first match whose criteria are all in {@code endpointMatch}, else of those in {@code localityMatch}, else the cluster's own socket.
         *
         * <p>Shape: both are the {@code envoy.transport_socket_match} metadata of the endpoint and of its locality, or null.
         */
        UpstreamTransport of(@Nullable Struct endpointMatch, @Nullable Struct localityMatch);

        /** True where some choice is TLS. */
        boolean anySecure();
    }
}
