package io.layar.proxy.core.cluster;

import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;
import org.jspecify.annotations.Nullable;

/**
 * The limited resources of a cluster at one priority, shared by all workers.
 *
 * <p>Shape: {@code retries} is a fixed limit or a budget. Thread: any.
 */
public record CircuitBreakers(
        Resource connections, Resource pendingRequests, Resource requests, Resource retries, Resource connectionPools) {

    /** {@code scope} is the cluster's. */
    public static CircuitBreakers of(
            CircuitBreakerConfig.Limits limits,
            Priority priority,
            String cluster,
            StatsScope scope,
            RuntimeValues runtime) {
        String word = priority == Priority.HIGH ? "high" : "default";
        Maker maker = new Maker(
                "circuit_breakers." + cluster + "." + word + ".",
                "circuit_breakers." + word + ".",
                scope,
                runtime,
                limits.trackRemaining());
        Resource pending =
                maker.make(limits.maxPendingRequests(), "max_pending_requests", "rq_pending_open", "remaining_pending");
        Resource requests = maker.make(limits.maxRequests(), "max_requests", "rq_open", "remaining_rq");
        return new CircuitBreakers(
                maker.make(limits.maxConnections(), "max_connections", "cx_open", "remaining_cx"),
                pending,
                requests,
                limits.budgetPercent() < 0
                        ? maker.make(limits.maxRetries(), "max_retries", "rq_retry_open", "remaining_retries")
                        : new RetryBudget(
                                requests,
                                pending,
                                limits.budgetPercent(),
                                limits.budgetMinimum(),
                                maker.runtimePrefix,
                                runtime),
                maker.make(limits.maxConnectionPools(), "max_connection_pools", "cx_pool_open", "remaining_cx_pools"));
    }

    private record Maker(
            String runtimePrefix, String statPrefix, StatsScope scope, RuntimeValues runtime, boolean trackRemaining) {
        Resource make(long limit, String key, String open, String remaining) {
            @Nullable Gauge left = trackRemaining ? scope.gauge(statPrefix + remaining) : null;
            return new CountedResource(limit, runtimePrefix + key, runtime, scope.gauge(statPrefix + open), left);
        }
    }
}
