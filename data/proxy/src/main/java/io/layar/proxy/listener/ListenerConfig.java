package io.layar.proxy.listener;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.proxy.core.match.FilterChainMatcher;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.network.SessionLogs.SessionLog;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A compiled listener.
 *
 * <p>Shape: {@code chains} are all chains, the default one among them; {@code bufferLimit} in bytes; {@code filterTimeoutMillis} 0 is none. Thread: any (immutable).
 */
record ListenerConfig(
        Listener proto,
        String version,
        String name,
        List<SocketAddress> addresses,
        boolean bound,
        boolean useOriginalDestination,
        SocketSettings sockets,
        int bufferLimit,
        List<ListenerFilterFactory> filters,
        long filterTimeoutMillis,
        boolean continueOnTimeout,
        FilterChainMatcher<FilterChain> matcher,
        @Nullable FilterChain defaultChain,
        List<FilterChain> chains,
        @Nullable SessionLog log,
        boolean ignoreGlobalLimit,
        Metadata metadata,
        ListenerStats stats,
        AtomicLong open,
        String limitKey,
        Drain drain) {}
