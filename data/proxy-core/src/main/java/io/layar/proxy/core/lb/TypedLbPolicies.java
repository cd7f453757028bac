package io.layar.proxy.core.lb;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.extensions.load_balancing_policies.common.v3.ConsistentHashingLbConfig;
import io.envoyproxy.envoy.extensions.load_balancing_policies.common.v3.LocalityLbConfig;
import io.envoyproxy.envoy.extensions.load_balancing_policies.common.v3.SlowStartConfig;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.load_balancing_policies.maglev.v3.Maglev;
import io.envoyproxy.envoy.extensions.load_balancing_policies.override_host.v3.OverrideHost;
import io.envoyproxy.envoy.extensions.load_balancing_policies.random.v3.Random;
import io.envoyproxy.envoy.extensions.load_balancing_policies.ring_hash.v3.RingHash;
import io.envoyproxy.envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin;
import io.envoyproxy.envoy.extensions.load_balancing_policies.subset.v3.Subset;
import io.envoyproxy.envoy.extensions.load_balancing_policies.wrr_locality.v3.WrrLocality;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles {@code load_balancing_policy}: the first policy of the list that this proxy has. */
final class TypedLbPolicies {
    private static final String PACKAGE = "envoy.extensions.load_balancing_policies.";

    private TypedLbPolicies() {}

    static LbPolicy compile(LoadBalancingPolicy list, String path) {
        ConfigRejected first = null;
        for (LoadBalancingPolicy.Policy policy : list.getPoliciesList()) {
            Any any = policy.getTypedExtensionConfig().getTypedConfig();
            LbPolicy compiled =
                    compile(any, path + "." + policy.getTypedExtensionConfig().getName());
            if (compiled != null) {
                return compiled;
            }
            first = first == null ? LbPolicyCompiler.unknown(any, path) : first;
        }
        throw first != null ? first : new ConfigRejected(path, "at least one policy is required");
    }

    private static @Nullable LbPolicy compile(Any any, String path) {
        String type = Types.nameOf(any.getTypeUrl());
        if (!type.startsWith(PACKAGE)) {
            return null;
        }
        return switch (type.substring(PACKAGE.length())) {
            case "round_robin.v3.RoundRobin" -> roundRobin(Types.unpack(any, RoundRobin.getDefaultInstance(), path));
            case "least_request.v3.LeastRequest" ->
                leastRequest(Types.unpack(any, LeastRequest.getDefaultInstance(), path));
            case "random.v3.Random" -> {
                Random p = Types.unpack(any, Random.getDefaultInstance(), path);
                yield new LbPolicy.Random(mode(p.hasLocalityLbConfig(), p.getLocalityLbConfig()));
            }
            case "ring_hash.v3.RingHash" -> ring(Types.unpack(any, RingHash.getDefaultInstance(), path), path);
            case "maglev.v3.Maglev" -> maglev(Types.unpack(any, Maglev.getDefaultInstance(), path), path);
            case "cluster_provided.v3.ClusterProvided" -> new LbPolicy.ClusterProvided();
            case "subset.v3.Subset" -> subset(Types.unpack(any, Subset.getDefaultInstance(), path), path);
            case "wrr_locality.v3.WrrLocality" -> {
                WrrLocality p = Types.unpack(any, WrrLocality.getDefaultInstance(), path);
                yield weighted(compile(p.getEndpointPickingPolicy(), path + ".endpoint_picking_policy"), path);
            }
            case "override_host.v3.OverrideHost" ->
                override(Types.unpack(any, OverrideHost.getDefaultInstance(), path), path);
            default -> null;
        };
    }

    private static LbPolicy weighted(LbPolicy child, String path) {
        return switch (child) {
            case LbPolicy.RoundRobin p -> new LbPolicy.RoundRobin(LbPolicy.WEIGHTED, p.slowStart());
            case LbPolicy.LeastRequest p ->
                new LbPolicy.LeastRequest(
                        LbPolicy.WEIGHTED, p.slowStart(), p.choices(), p.activeRequestBias(), p.fullScan());
            case LbPolicy.Random _ -> new LbPolicy.Random(LbPolicy.WEIGHTED);
            case LbPolicy.RingHash p ->
                new LbPolicy.RingHash(p.minimumSize(), p.maximumSize(), p.function(), weighted(p.hash()));
            case LbPolicy.Maglev p -> new LbPolicy.Maglev(p.tableSize(), weighted(p.hash()));
            case LbPolicy.ClusterProvided _, LbPolicy.Subset _, LbPolicy.OverrideHost _ ->
                throw ConfigRejected.unsupported(path, "this policy below wrr_locality");
        };
    }

    private static LbPolicy.HashSettings weighted(LbPolicy.HashSettings hash) {
        return new LbPolicy.HashSettings(hash.useHostname(), hash.balanceFactor(), true);
    }

    private static LbPolicy roundRobin(RoundRobin p) {
        return new LbPolicy.RoundRobin(
                mode(p.hasLocalityLbConfig(), p.getLocalityLbConfig()),
                slowStart(p.hasSlowStartConfig(), p.getSlowStartConfig()));
    }

    private static LbPolicy leastRequest(LeastRequest p) {
        return new LbPolicy.LeastRequest(
                mode(p.hasLocalityLbConfig(), p.getLocalityLbConfig()),
                slowStart(p.hasSlowStartConfig(), p.getSlowStartConfig()),
                (int) Durations.unsigned(p.hasChoiceCount(), p.getChoiceCount(), 2),
                LbPolicyCompiler.runtime(p.hasActiveRequestBias(), p.getActiveRequestBias()),
                p.getSelectionMethod() == LeastRequest.SelectionMethod.FULL_SCAN
                        || p.getEnableFullScan().getValue());
    }

    private static LbPolicy.@Nullable SlowStart slowStart(boolean present, SlowStartConfig slow) {
        return LbPolicyCompiler.slowStart(
                present,
                slow.getSlowStartWindow(),
                slow.hasAggression(),
                slow.getAggression(),
                LbPolicyCompiler.percent(slow.hasMinWeightPercent(), slow.getMinWeightPercent(), 10));
    }

    private static LbPolicy.LocalityMode mode(boolean present, LocalityLbConfig p) {
        if (!present) {
            return LbPolicy.IGNORED;
        }
        if (p.hasLocalityWeightedLbConfig()) {
            return LbPolicy.WEIGHTED;
        }
        LocalityLbConfig.ZoneAwareLbConfig zone = p.getZoneAwareLbConfig();
        if (zone.getLocalityBasis() != LocalityLbConfig.ZoneAwareLbConfig.LocalityBasis.HEALTHY_HOSTS_NUM) {
            throw ConfigRejected.unsupported(
                    "locality_lb_config.zone_aware_lb_config.locality_basis",
                    zone.getLocalityBasis().name());
        }
        long force = zone.hasForceLocalZone()
                ? Durations.unsigned(
                        zone.getForceLocalZone().hasMinSize(),
                        zone.getForceLocalZone().getMinSize(),
                        1)
                : zone.getForceLocalityDirectRouting() ? 1 : 0;
        return new LbPolicy.LocalityMode.ZoneAware(
                LbPolicyCompiler.percent(zone.hasRoutingEnabled(), zone.getRoutingEnabled(), 100),
                zone.hasMinClusterSize() ? zone.getMinClusterSize().getValue() : 6,
                zone.getFailTrafficOnPanic(),
                force);
    }

    private static LbPolicy.HashSettings hash(
            ConsistentHashingLbConfig p, boolean oldHostname, long oldFactor, boolean weighted, String path) {
        if (p.getHashPolicyCount() > 0) {
            throw ConfigRejected.unsupported(
                    path + ".consistent_hashing_lb_config.hash_policy", "hash policies of the balancer");
        }
        return new LbPolicy.HashSettings(
                p.getUseHostnameForHashing() || oldHostname,
                (int) Durations.unsigned(p.hasHashBalanceFactor(), p.getHashBalanceFactor(), oldFactor),
                weighted);
    }

    private static LbPolicy ring(RingHash p, String path) {
        return LbPolicyCompiler.ring(
                p.hasMinimumRingSize() ? p.getMinimumRingSize().getValue() : LbPolicyCompiler.RING_DEFAULT_MIN,
                p.hasMaximumRingSize() ? p.getMaximumRingSize().getValue() : LbPolicyCompiler.RING_LIMIT,
                p.getHashFunction() == RingHash.HashFunction.MURMUR_HASH_2,
                hash(
                        p.getConsistentHashingLbConfig(),
                        p.getUseHostnameForHashing(),
                        Durations.unsigned(p.hasHashBalanceFactor(), p.getHashBalanceFactor(), 0),
                        p.hasLocalityWeightedLbConfig(),
                        path));
    }

    private static LbPolicy maglev(Maglev p, String path) {
        return new LbPolicy.Maglev(
                LbPolicyCompiler.tableSize(p.hasTableSize(), p.getTableSize().getValue()),
                hash(p.getConsistentHashingLbConfig(), false, 0, p.hasLocalityWeightedLbConfig(), path));
    }

    private static LbPolicy subset(Subset p, String path) {
        List<LbPolicy.Selector> selectors = new ArrayList<>();
        for (Subset.LbSubsetSelector s : p.getSubsetSelectorsList()) {
            Fields.refuse(s, path + ".subset_selectors", "single_host_per_subset");
            selectors.add(LbPolicyCompiler.selector(
                    s.getKeysList(),
                    s.getSingleHostPerSubset(),
                    s.getFallbackPolicy().getNumber(),
                    s.getFallbackKeysSubsetList()));
        }
        return new LbPolicy.Subset(
                new LbPolicy.SubsetSettings(
                        LbPolicyCompiler.fallback(p.getFallbackPolicy().getNumber()),
                        Metadata.plain(p.getDefaultSubset()),
                        List.copyOf(selectors),
                        p.getLocalityWeightAware(),
                        p.getScaleLocalityWeight(),
                        p.getPanicModeAny(),
                        p.getListAsAny(),
                        p.getMetadataFallbackPolicy() == Subset.LbSubsetMetadataFallbackPolicy.FALLBACK_LIST,
                        p.getAllowRedundantKeys()),
                compile(p.getSubsetLbPolicy(), path + ".subset_lb_policy"));
    }

    private static LbPolicy override(OverrideHost p, String path) {
        List<LbPolicy.OverrideSource> sources = new ArrayList<>();
        for (OverrideHost.OverrideHostSource s : p.getOverrideHostSourcesList()) {
            if (s.hasMetadata()) {
                MetadataKey key = s.getMetadata();
                sources.add(new LbPolicy.OverrideSource(
                        null,
                        key.getKey(),
                        key.getPathList().stream()
                                .map(MetadataKey.PathSegment::getKey)
                                .toList()));
            } else {
                sources.add(
                        new LbPolicy.OverrideSource(s.getHeader().toLowerCase(java.util.Locale.ROOT), null, List.of()));
            }
        }
        return new LbPolicy.OverrideHost(
                List.copyOf(sources), compile(p.getFallbackPolicy(), path + ".fallback_policy"));
    }
}
