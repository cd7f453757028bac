package io.layar.proxy.network.filter;

import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.lb.MetadataMatch;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.SessionLogs;
import io.layar.proxy.network.SessionLogs.SessionLog;
import io.layar.proxy.upstream.Clusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled TCP proxy.
 *
 * <p>Shape: {@code targets} has one entry or several with weights. Units: milliseconds; 0 is none. Thread: any (immutable).
 */
record TcpProxyConfig(
        List<Target> targets,
        long totalWeight,
        long idleMillis,
        long maxDurationMillis,
        int maxAttempts,
        @Nullable Hash hash,
        @Nullable SessionLog log,
        boolean logOnConnected,
        Stats stats,
        Clusters clusters) {
    private static final long HOUR = 3_600_000;

    record Target(String cluster, long weight, @Nullable MetadataMatch match) {}

    /** What is hashed: the source's IP, or an object of the filter state. */
    sealed interface Hash {
        record SourceIp() implements Hash {}

        record State(String key) implements Hash {}
    }

    record Stats(
            Counter total,
            Gauge active,
            Counter noRoute,
            Counter rxBytes,
            Counter txBytes,
            Counter pausedReading,
            Counter resumedReading,
            Counter idleTimeout,
            Counter maxDuration) {
        static Stats of(StatsScope scope) {
            return new Stats(
                    scope.counter("downstream_cx_total"),
                    scope.gauge("downstream_cx_active"),
                    scope.counter("downstream_cx_no_route"),
                    scope.counter("downstream_cx_rx_bytes_total"),
                    scope.counter("downstream_cx_tx_bytes_total"),
                    scope.counter("downstream_flow_control_paused_reading_total"),
                    scope.counter("downstream_flow_control_resumed_reading_total"),
                    scope.counter("idle_timeout"),
                    scope.counter("max_downstream_connection_duration"));
        }
    }

    static TcpProxyConfig compile(TcpProxy proto, FilterContext context) {
        Fields.onlySupported(
                proto,
                "",
                "stat_prefix",
                "cluster",
                "weighted_clusters",
                "metadata_match",
                "idle_timeout",
                "access_log",
                "max_connect_attempts",
                "hash_policy",
                "max_downstream_connection_duration",
                "flush_access_log_on_connected",
                "access_log_options");
        List<Target> targets = targets(proto);
        return new TcpProxyConfig(
                targets,
                targets.stream().mapToLong(Target::weight).sum(),
                Durations.millis(proto.hasIdleTimeout(), proto.getIdleTimeout(), HOUR),
                Durations.millis(proto.getMaxDownstreamConnectionDuration()),
                (int) Durations.unsigned(proto.hasMaxConnectAttempts(), proto.getMaxConnectAttempts(), 1),
                hash(proto),
                proto.getAccessLogCount() == 0
                        ? null
                        : context.services().require(SessionLogs.class).compile(proto.getAccessLogList(), "access_log"),
                onConnected(proto),
                Stats.of(context.stats().scope("tcp." + proto.getStatPrefix() + ".")),
                context.services().require(Clusters.class));
    }

    @SuppressWarnings("deprecation")
    private static boolean onConnected(TcpProxy proto) {
        if (proto.getAccessLogOptions().hasAccessLogFlushInterval()) {
            throw ConfigRejected.unsupported(
                    "access_log_options.access_log_flush_interval", "a flush interval of access logs");
        }
        return proto.getFlushAccessLogOnConnected()
                || proto.getAccessLogOptions().getFlushAccessLogOnConnected();
    }

    private static List<Target> targets(TcpProxy proto) {
        MetadataMatch common = match(proto.getMetadataMatch(), null);
        List<Target> targets = new ArrayList<>();
        for (ClusterWeight weighted : proto.getWeightedClusters().getClustersList()) {
            targets.add(new Target(
                    weighted.getName(),
                    Integer.toUnsignedLong(weighted.getWeight()),
                    match(weighted.getMetadataMatch(), common)));
        }
        if (proto.hasCluster()) {
            targets.add(new Target(proto.getCluster(), 1, common));
        }
        if (targets.isEmpty()) {
            throw new ConfigRejected("cluster", "cluster or weighted_clusters is required");
        }
        return List.copyOf(targets);
    }

    private static @Nullable MetadataMatch match(Metadata proto, @Nullable MetadataMatch common) {
        Map<String, Object> criteria =
                io.layar.proxy.core.stream.Metadata.of(proto).namespace("envoy.lb");
        if (criteria == null) {
            return common;
        }
        return common == null ? MetadataMatch.of(criteria) : common.mergedWith(criteria);
    }

    private static @Nullable Hash hash(TcpProxy proto) {
        for (HashPolicy policy : proto.getHashPolicyList()) {
            return switch (policy.getPolicySpecifierCase()) {
                case SOURCE_IP -> new Hash.SourceIp();
                case FILTER_STATE -> new Hash.State(policy.getFilterState().getKey());
                case POLICYSPECIFIER_NOT_SET ->
                    throw new ConfigRejected("hash_policy[0]", "a policy specifier is required");
            };
        }
        return null;
    }

    /** The target that a random number chooses. */
    Target choose(long random) {
        if (targets.size() == 1) {
            return targets.getFirst();
        }
        long rest = Long.remainderUnsigned(random, totalWeight);
        for (Target target : targets) {
            rest -= target.weight;
            if (rest < 0) {
                return target;
            }
        }
        return targets.getLast();
    }
}
