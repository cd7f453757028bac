package io.layar.proxy.core.cluster;

import io.layar.proxy.core.health.HealthCheckConfig;
import io.layar.proxy.core.lb.LbConfig;
import io.layar.proxy.core.outlier.OutlierConfig;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cluster, compiled.
 *
 * <p>Shape: {@code assignment} holds the endpoints of the cluster itself; EDS brings others. Thread: any (immutable).
 */
public record ClusterConfig(
        String name,
        @Nullable String altStatName,
        Discovery discovery,
        Assignment assignment,
        ConnectSettings connect,
        HttpOptions http,
        LbConfig lb,
        CircuitBreakerConfig circuitBreakers,
        @Nullable OutlierConfig outlier,
        List<HealthCheckConfig> healthChecks,
        Habits habits,
        Metadata metadata) {

    /** Switches of a cluster. */
    public record Habits(
            boolean closeConnectionsOnHealthFailure,
            boolean ignoreHealthOnRemoval,
            boolean poolPerDownstreamConnection,
            boolean trackTimeoutBudgets,
            boolean trackRequestSizes,
            boolean perEndpointStats,
            boolean waitForWarm) {}

    /** Errors: {@link io.layar.proxy.core.config.ConfigRejected} with the path from the cluster on. */
    public static ClusterConfig compile(io.envoyproxy.envoy.config.cluster.v3.Cluster proto) {
        return ClusterCompiler.compile(proto);
    }

    /** The name in stats and in {@code %UPSTREAM_CLUSTER%}. */
    public String observabilityName() {
        return altStatName != null ? altStatName : name;
    }
}
