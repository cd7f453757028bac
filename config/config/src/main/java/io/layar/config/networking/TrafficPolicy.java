package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Load balancing, connection pool, outlier detection and TLS towards a destination. */
public record TrafficPolicy(
        @Nullable LoadBalancerSettings loadBalancer,
        @Nullable ConnectionPoolSettings connectionPool,
        @Nullable OutlierDetection outlierDetection,
        @Nullable ClientTLSSettings tls,
        ImmutableList<PortTrafficPolicy> portLevelSettings,
        @Nullable TunnelSettings tunnel,
        @Nullable ProxyProtocol proxyProtocol,
        @Nullable RetryBudget retryBudget) {
    /** The {@code PortTrafficPolicy} message of {@link TrafficPolicy}. */
    public record PortTrafficPolicy(
            @Nullable PortSelector port,
            @Nullable LoadBalancerSettings loadBalancer,
            @Nullable ConnectionPoolSettings connectionPool,
            @Nullable OutlierDetection outlierDetection,
            @Nullable ClientTLSSettings tls) {}

    /** The {@code TunnelSettings} message of {@link TrafficPolicy}. */
    public record TunnelSettings(String protocol, String targetHost, @Unsigned int targetPort) {}

    /** The {@code ProxyProtocol} message of {@link TrafficPolicy}. */
    public record ProxyProtocol(VERSION version) {
        /** The values of {@code VERSION} in {@link ProxyProtocol}. */
        public enum VERSION {
            V1,
            V2
        }
    }

    /** The {@code RetryBudget} message of {@link TrafficPolicy}. */
    public record RetryBudget(
            @Nullable Double percent,
            @Unsigned int minRetryConcurrency,
            @Nullable Duration budgetInterval) {}
}
