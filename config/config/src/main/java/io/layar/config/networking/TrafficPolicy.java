package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Load balancing, connection pool, outlier detection and TLS towards a destination. */
public record TrafficPolicy(
        @Nullable LoadBalancerSettings loadBalancer,
        @Nullable ConnectionPoolSettings connectionPool,
        @Nullable OutlierDetection outlierDetection,
        @Nullable ClientTLSSettings tls,
        @Limits(maxSize = 4096) ImmutableList<PortTrafficPolicy> portLevelSettings,
        @Nullable TunnelSettings tunnel,
        @Nullable ProxyProtocol proxyProtocol,
        @Nullable RetryBudget retryBudget) {
    public TrafficPolicy withLoadBalancer(@Nullable LoadBalancerSettings loadBalancer) {
        return Records.with(this, "loadBalancer", loadBalancer);
    }

    public TrafficPolicy withConnectionPool(@Nullable ConnectionPoolSettings connectionPool) {
        return Records.with(this, "connectionPool", connectionPool);
    }

    public TrafficPolicy withOutlierDetection(@Nullable OutlierDetection outlierDetection) {
        return Records.with(this, "outlierDetection", outlierDetection);
    }

    public TrafficPolicy withTls(@Nullable ClientTLSSettings tls) {
        return Records.with(this, "tls", tls);
    }

    public TrafficPolicy withPortLevelSettings(ImmutableList<PortTrafficPolicy> portLevelSettings) {
        return Records.with(this, "portLevelSettings", portLevelSettings);
    }

    public TrafficPolicy withTunnel(@Nullable TunnelSettings tunnel) {
        return Records.with(this, "tunnel", tunnel);
    }

    public TrafficPolicy withProxyProtocol(@Nullable ProxyProtocol proxyProtocol) {
        return Records.with(this, "proxyProtocol", proxyProtocol);
    }

    public TrafficPolicy withRetryBudget(@Nullable RetryBudget retryBudget) {
        return Records.with(this, "retryBudget", retryBudget);
    }

    /** The {@code PortTrafficPolicy} message of {@link TrafficPolicy}. */
    public record PortTrafficPolicy(
            @Nullable PortSelector port,
            @Nullable LoadBalancerSettings loadBalancer,
            @Nullable ConnectionPoolSettings connectionPool,
            @Nullable OutlierDetection outlierDetection,
            @Nullable ClientTLSSettings tls) {}

    /** The {@code TunnelSettings} message of {@link TrafficPolicy}. */
    public record TunnelSettings(
            String protocol,
            @Required String targetHost,
            @Required @Unsigned int targetPort) {}

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
            @Limits(max = 100) @Nullable Double percent,
            @Unsigned int minRetryConcurrency,
            @Nullable Duration budgetInterval) {}
}
