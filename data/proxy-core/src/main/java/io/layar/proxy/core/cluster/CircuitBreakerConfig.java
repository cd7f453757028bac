package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import java.util.List;

/** The limits of a cluster by priority. Thread: any (immutable). */
public record CircuitBreakerConfig(
        Limits defaultPriority, Limits high, long perHostConnections, long perHostConnectionsHigh) {
    private static final long UNLIMITED = 0xFFFFFFFFL;
    private static final String[] FIELDS = {
        "priority",
        "max_connections",
        "max_pending_requests",
        "max_requests",
        "max_retries",
        "retry_budget",
        "track_remaining"
    };

    /** Shape: {@code budgetPercent} below 0 where retries have a fixed limit. */
    public record Limits(
            long maxConnections,
            long maxPendingRequests,
            long maxRequests,
            long maxRetries,
            long maxConnectionPools,
            double budgetPercent,
            long budgetMinimum,
            boolean trackRemaining) {
        public static final Limits DEFAULTS = new Limits(1024, 1024, 1024, 3, UNLIMITED, -1, 0, false);
    }

    static CircuitBreakerConfig compile(io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers proto) {
        for (Thresholds perHost : proto.getPerHostThresholdsList()) {
            Fields.onlySupported(perHost, "circuit_breakers.per_host_thresholds", "priority", "max_connections");
        }
        return new CircuitBreakerConfig(
                limits(proto.getThresholdsList(), RoutingPriority.DEFAULT),
                limits(proto.getThresholdsList(), RoutingPriority.HIGH),
                perHost(proto.getPerHostThresholdsList(), RoutingPriority.DEFAULT),
                perHost(proto.getPerHostThresholdsList(), RoutingPriority.HIGH));
    }

    private static long perHost(List<Thresholds> all, RoutingPriority priority) {
        for (Thresholds one : all) {
            if (one.getPriority() == priority) {
                return Durations.unsigned(one.hasMaxConnections(), one.getMaxConnections(), UNLIMITED);
            }
        }
        return UNLIMITED;
    }

    private static Limits limits(List<Thresholds> all, RoutingPriority priority) {
        for (Thresholds one : all) {
            if (one.getPriority() == priority) {
                Fields.onlySupported(one, "circuit_breakers.thresholds", FIELDS);
                return limits(one);
            }
        }
        return Limits.DEFAULTS;
    }

    private static Limits limits(Thresholds one) {
        Thresholds.RetryBudget budget = one.getRetryBudget();
        double percent = !one.hasRetryBudget()
                ? -1
                : budget.hasBudgetPercent() ? budget.getBudgetPercent().getValue() : 20.0;
        return new Limits(
                Durations.unsigned(one.hasMaxConnections(), one.getMaxConnections(), 1024),
                Durations.unsigned(one.hasMaxPendingRequests(), one.getMaxPendingRequests(), 1024),
                Durations.unsigned(one.hasMaxRequests(), one.getMaxRequests(), 1024),
                Durations.unsigned(one.hasMaxRetries(), one.getMaxRetries(), 3),
                Durations.unsigned(one.hasMaxConnectionPools(), one.getMaxConnectionPools(), UNLIMITED),
                percent,
                Durations.unsigned(budget.hasMinRetryConcurrency(), budget.getMinRetryConcurrency(), 3),
                one.getTrackRemaining());
    }
}
