package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Limits and time-outs of connections and requests to a destination. */
public record ConnectionPoolSettings(
        @Nullable TCPSettings tcp, @Nullable HTTPSettings http) {
    /** The {@code TCPSettings} message of {@link ConnectionPoolSettings}. */
    public record TCPSettings(
            int maxConnections,
            @Limits(atLeastOneMillisecond = true) @Nullable Duration connectTimeout,
            @Nullable TcpKeepalive tcpKeepalive,
            @Limits(atLeastOneMillisecond = true) @Nullable Duration maxConnectionDuration,
            @Nullable Duration idleTimeout) {
        /** The {@code TcpKeepalive} message of {@link TCPSettings}. */
        public record TcpKeepalive(
                @Unsigned int probes,

                @Limits(atLeastOneMillisecond = true) @Nullable
                Duration time,

                @Limits(atLeastOneMillisecond = true) @Nullable
                Duration interval) {}
    }

    /** The {@code HTTPSettings} message of {@link ConnectionPoolSettings}. */
    public record HTTPSettings(
            int http1MaxPendingRequests,
            int http2MaxRequests,
            int maxRequestsPerConnection,
            int maxRetries,
            @Limits(atLeastOneMillisecond = true) @Nullable Duration idleTimeout,
            H2UpgradePolicy h2UpgradePolicy,
            boolean useClientProtocol,
            int maxConcurrentStreams,
            @Nullable ConnectionKeepalive http2KeepAlive) {
        /** The values of {@code H2UpgradePolicy} in {@link HTTPSettings}. */
        public enum H2UpgradePolicy {
            DEFAULT,
            DO_NOT_UPGRADE,
            UPGRADE
        }

        /** The {@code ConnectionKeepalive} message of {@link HTTPSettings}. */
        public record ConnectionKeepalive(
                @Limits(atLeastOneMillisecond = true) @Nullable
                Duration interval,

                @Limits(atLeastOneMillisecond = true) @Nullable
                Duration timeout) {}
    }
}
