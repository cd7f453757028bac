package io.layar.proxy.listener;

import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.transport.DownstreamTransport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled filter chain.
 *
 * <p>Shape: {@code identity} is the serialised proto: equal chains keep their connections when the listener changes. {@code filters} ends with the
 * terminal one; empty closes the connection. {@code connectTimeoutMillis} 0 is none.
 */
record FilterChain(
        String name,
        Object identity,
        @Nullable DownstreamTransport transport,
        long connectTimeoutMillis,
        List<NetworkFilterFactory> filters,
        Metadata metadata,
        Drain drain) {
    boolean halfClose() {
        return !filters.isEmpty() && filters.getLast().halfClose();
    }
}
