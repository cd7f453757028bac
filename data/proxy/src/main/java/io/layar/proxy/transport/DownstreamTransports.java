package io.layar.proxy.transport;

import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.layar.proxy.network.InitTargets;
import org.jspecify.annotations.Nullable;

/** Compiles the transport sockets of filter chains. Thread: main loop. */
public interface DownstreamTransports {
    /**
     * The transport of a chain, or null for raw bytes.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected} with the path from the transport socket on.
     */
    @Nullable
    DownstreamTransport compile(@Nullable TransportSocket socket, String statPrefix, InitTargets init);
}
