package io.layar.proxy.core.lb;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiles the load balancing fields of a cluster: the old enum with its configurations, or the list of typed policies. */
public final class LbPolicyCompiler {
    static final long RING_DEFAULT_MIN = 1024;
    static final long RING_LIMIT = 8L * 1024 * 1024;
    static final int MAGLEV_DEFAULT = 65537;

    private LbPolicyCompiler() {}

    /** Errors: {@link ConfigRejected} with the path from the cluster on. */
    public static LbConfig compile(Cluster cluster) {
        CommonLbConfig common = cluster.getCommonLbConfig();
        if (Durations.millis(common.getUpdateMergeWindow()) > 0) {
            // Zero, the same as no field here: every update counts at once.
            throw ConfigRejected.unsupported("common_lb_config.update_merge_window", "merging of updates");
        }
        LbPolicy policy = cluster.hasLoadBalancingPolicy()
                ? TypedLbPolicies.compile(cluster.getLoadBalancingPolicy(), "load_balancing_policy")
                : byEnum(cluster, common);
        if (cluster.hasLbSubsetConfig() && !cluster.hasLoadBalancingPolicy()) {
            policy = subset(cluster.getLbSubsetConfig(), policy);
        }
        return new LbConfig(
                policy,
                common.hasHealthyPanicThreshold()
                        ? common.getHealthyPanicThreshold().getValue()
                        : 50.0,
                common.getIgnoreNewHostsUntilFirstHc(),
                common.getCloseConnectionsOnHostSetChange(),
                overrideStatus(common));
    }

    private static Set<HealthStatus> overrideStatus(CommonLbConfig common) {
        return common.hasOverrideHostStatus()
                ? Set.copyOf(common.getOverrideHostStatus().getStatusesList())
                : EnumSet.of(HealthStatus.UNKNOWN, HealthStatus.HEALTHY, HealthStatus.DEGRADED);
    }

    private static LbPolicy byEnum(Cluster cluster, CommonLbConfig common) {
        LbPolicy.LocalityMode mode = mode(common);
        return switch (cluster.getLbPolicy()) {
            case ROUND_ROBIN -> new LbPolicy.RoundRobin(mode, slowStart(cluster.getRoundRobinLbConfig()));
            case LEAST_REQUEST -> leastRequest(cluster.getLeastRequestLbConfig(), mode);
            case RANDOM -> new LbPolicy.Random(mode);
            case RING_HASH -> ring(cluster.getRingHashLbConfig(), common);
            case MAGLEV ->
                new LbPolicy.Maglev(
                        tableSize(
                                cluster.getMaglevLbConfig().hasTableSize(),
                                cluster.getMaglevLbConfig().getTableSize().getValue()),
                        hash(common));
            case CLUSTER_PROVIDED -> new LbPolicy.ClusterProvided();
            case LOAD_BALANCING_POLICY_CONFIG ->
                throw new ConfigRejected(
                        "load_balancing_policy", "cluster: field load_balancing_policy need to be set");
            case UNRECOGNIZED -> throw ConfigRejected.unsupported("lb_policy", "policy " + cluster.getLbPolicyValue());
        };
    }

    private static LbPolicy.LocalityMode mode(CommonLbConfig common) {
        return switch (common.getLocalityConfigSpecifierCase()) {
            case LOCALITY_WEIGHTED_LB_CONFIG -> LbPolicy.WEIGHTED;
            case ZONE_AWARE_LB_CONFIG -> {
                CommonLbConfig.ZoneAwareLbConfig zone = common.getZoneAwareLbConfig();
                yield new LbPolicy.LocalityMode.ZoneAware(
                        percent(zone.hasRoutingEnabled(), zone.getRoutingEnabled(), 100),
                        zone.hasMinClusterSize() ? zone.getMinClusterSize().getValue() : 6,
                        zone.getFailTrafficOnPanic(),
                        0);
            }
            case LOCALITYCONFIGSPECIFIER_NOT_SET -> new LbPolicy.LocalityMode.ZoneAware(100, 6, false, 0);
        };
    }

    static double percent(boolean present, Percent percent, double otherwise) {
        return present ? percent.getValue() : otherwise;
    }

    private static LbPolicy.HashSettings hash(CommonLbConfig common) {
        CommonLbConfig.ConsistentHashingLbConfig hash = common.getConsistentHashingLbConfig();
        return new LbPolicy.HashSettings(
                hash.getUseHostnameForHashing(),
                (int) Durations.unsigned(hash.hasHashBalanceFactor(), hash.getHashBalanceFactor(), 0),
                common.hasLocalityWeightedLbConfig());
    }

    private static LbPolicy ring(Cluster.RingHashLbConfig p, CommonLbConfig common) {
        return ring(
                p.hasMinimumRingSize() ? p.getMinimumRingSize().getValue() : RING_DEFAULT_MIN,
                p.hasMaximumRingSize() ? p.getMaximumRingSize().getValue() : RING_LIMIT,
                p.getHashFunction() == Cluster.RingHashLbConfig.HashFunction.MURMUR_HASH_2,
                hash(common));
    }

    static LbPolicy ring(long min, long max, boolean murmur, LbPolicy.HashSettings hash) {
        if (min > max) {
            throw new ConfigRejected(
                    "", "ring hash: minimum_ring_size (" + min + ") > maximum_ring_size (" + max + ")");
        }
        return new LbPolicy.RingHash(
                min, max, murmur ? LbPolicy.HashFunction.MURMUR_HASH_2 : LbPolicy.HashFunction.XX_HASH, hash);
    }

    static int tableSize(boolean present, long size) {
        if (!present) {
            return MAGLEV_DEFAULT;
        }
        if (!java.math.BigInteger.valueOf(size).isProbablePrime(50)) {
            throw new ConfigRejected("", "The table size of maglev must be prime number");
        }
        return (int) size;
    }

    private static LbPolicy leastRequest(Cluster.LeastRequestLbConfig p, LbPolicy.LocalityMode mode) {
        Cluster.SlowStartConfig slow = p.getSlowStartConfig();
        return new LbPolicy.LeastRequest(
                mode,
                slowStart(
                        p.hasSlowStartConfig(),
                        slow.getSlowStartWindow(),
                        slow.hasAggression(),
                        slow.getAggression(),
                        percent(slow.hasMinWeightPercent(), slow.getMinWeightPercent(), 10)),
                (int) Durations.unsigned(p.hasChoiceCount(), p.getChoiceCount(), 2),
                runtime(p.hasActiveRequestBias(), p.getActiveRequestBias()),
                false);
    }

    private static LbPolicy.@Nullable SlowStart slowStart(Cluster.RoundRobinLbConfig p) {
        Cluster.SlowStartConfig slow = p.getSlowStartConfig();
        return slowStart(
                p.hasSlowStartConfig(),
                slow.getSlowStartWindow(),
                slow.hasAggression(),
                slow.getAggression(),
                percent(slow.hasMinWeightPercent(), slow.getMinWeightPercent(), 10));
    }

    static LbPolicy.@Nullable SlowStart slowStart(
            boolean present, Duration window, boolean hasAggression, RuntimeDouble aggression, double minPercent) {
        long millis = Durations.millis(window);
        return present && millis > 0
                ? new LbPolicy.SlowStart(millis, runtime(hasAggression, aggression), minPercent / 100.0)
                : null;
    }

    static LbPolicy.RuntimeNumber runtime(boolean present, RuntimeDouble p) {
        return present
                ? new LbPolicy.RuntimeNumber(p.getDefaultValue(), p.getRuntimeKey())
                : LbPolicy.RuntimeNumber.of(1.0);
    }

    private static LbPolicy subset(Cluster.LbSubsetConfig p, LbPolicy child) {
        List<LbPolicy.Selector> selectors = new ArrayList<>();
        for (Cluster.LbSubsetConfig.LbSubsetSelector s : p.getSubsetSelectorsList()) {
            Fields.refuse(s, "lb_subset_config.subset_selectors", "single_host_per_subset");
            selectors.add(selector(
                    s.getKeysList(),
                    s.getSingleHostPerSubset(),
                    s.getFallbackPolicy().getNumber(),
                    s.getFallbackKeysSubsetList()));
        }
        return selectors.isEmpty()
                ? child
                : new LbPolicy.Subset(
                        new LbPolicy.SubsetSettings(
                                fallback(p.getFallbackPolicy().getNumber()),
                                Metadata.plain(p.getDefaultSubset()),
                                List.copyOf(selectors),
                                p.getLocalityWeightAware(),
                                p.getScaleLocalityWeight(),
                                p.getPanicModeAny(),
                                p.getListAsAny(),
                                p.getMetadataFallbackPolicy()
                                        == Cluster.LbSubsetConfig.LbSubsetMetadataFallbackPolicy.FALLBACK_LIST,
                                false),
                        child);
    }

    static LbPolicy.Fallback fallback(int number) {
        return switch (number) {
            case 1 -> LbPolicy.Fallback.ANY_ENDPOINT;
            case 2 -> LbPolicy.Fallback.DEFAULT_SUBSET;
            default -> LbPolicy.Fallback.NO_FALLBACK;
        };
    }

    static LbPolicy.Selector selector(List<String> keys, boolean singleHost, int fallback, List<String> fallbackKeys) {
        List<String> sorted = List.copyOf(new TreeSet<>(keys));
        LbPolicy.Fallback how = LbPolicy.Fallback.values()[fallback];
        List<String> less = List.copyOf(new TreeSet<>(fallbackKeys));
        if (how == LbPolicy.Fallback.KEYS_SUBSET
                && (less.isEmpty() || less.size() == sorted.size() || !sorted.containsAll(less))) {
            throw new ConfigRejected(
                    "lb_subset_config", "fallback_keys_subset must be a proper, non-empty subset of keys");
        }
        return new LbPolicy.Selector(sorted, singleHost, how, less);
    }

    static ConfigRejected unknown(Any any, String path) {
        return ConfigRejected.unsupported(path, "load balancing policy " + any.getTypeUrl());
    }
}
