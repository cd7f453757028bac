package io.layar.proxy.core.cluster;

import io.layar.proxy.core.stream.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How connections of a cluster are made.
 *
 * <p>Units: milliseconds; {@code bufferLimitBytes} is the high watermark of what waits to be written. Thread: any (immutable).
 */
public record ConnectSettings(
        long connectTimeoutMillis,
        int bufferLimitBytes,
        @Nullable Keepalive keepalive,
        @Nullable Bind bind,
        double preconnectRatio) {

    /** TCP keep-alive. Shape: null where the system's default holds. Units: seconds. */
    public record Keepalive(
            @Nullable Integer probes,
            @Nullable Integer time,
            @Nullable Integer interval) {}

    /** Local addresses: the first of the family of the host's address is bound to. */
    public record Bind(List<Address> sources, boolean freebind) {}
}
