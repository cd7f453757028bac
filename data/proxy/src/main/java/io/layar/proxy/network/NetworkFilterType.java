package io.layar.proxy.network;

import com.google.protobuf.Message;

/** One kind of network filter, found by the type of its configuration. Registered at start in {@link NetworkFilterTypes}. */
public interface NetworkFilterType {
    /** The type of its configuration, full message name: {@code envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy}. */
    String configType();

    /**
     * Compiles a configuration of {@link #configType}.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected} with the path from the filter's configuration on.
     */
    NetworkFilterFactory compile(Message config, FilterContext context);
}
