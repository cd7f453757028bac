package io.layar.xdsgen.cluster;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.LoadBalancerSettings.SimpleLB;
import io.layar.config.networking.WarmupConfiguration;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.ProxyType;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.endpoint.EndpointGroups;
import io.layar.xdsgen.endpoint.LocalityGroup;
import io.layar.xdsgen.endpoint.LocalityOrder;
import io.layar.xdsgen.endpoint.LocalityPreference;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Load balancing policies, slow start, and the preference for near endpoints. */
final class LoadBalancers {
    private static final int DEFAULT_RING_SIZE = 1024;
    /** Envoy wants a key; this one can be set by no runtime layer. */
    private static final String NO_RUNTIME_KEY = "(";

    private final ProxyView view;
    private final Service service;
    private final ClusterDraft draft;
    private final @Nullable LoadBalancerSettings settings;

    private LoadBalancers(
            ProxyView view, Service service, ClusterDraft draft, @Nullable LoadBalancerSettings settings) {
        this.view = view;
        this.service = service;
        this.draft = draft;
        this.settings = settings;
    }

    static void apply(
            ProxyView view,
            Service service,
            @Nullable ServicePort port,
            ClusterDraft draft,
            @Nullable LoadBalancerSettings settings) {
        Cluster.Builder cluster = draft.cluster();
        if (cluster.getLbPolicy() == Cluster.LbPolicy.CLUSTER_PROVIDED) {
            return;
        }
        LoadBalancers balancers = new LoadBalancers(view, service, draft, settings);
        balancers.panic();
        balancers.locality();
        if (cluster.getType() == Cluster.DiscoveryType.ORIGINAL_DST) {
            cluster.setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED);
        } else if (view.isOn(Feature.ENABLE_REDIS_FILTER) && port != null && port.protocol() == Protocol.REDIS) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV);
        } else {
            balancers.simple();
            balancers.consistentHash();
        }
    }

    /** Unhealthy endpoints that are sent for information must not be used in a panic. */
    private void panic() {
        CommonLbConfig.Builder common = draft.cluster().getCommonLbConfigBuilder();
        boolean sendsUnhealthy =
                view.isOn(Feature.DEFAULT_SEND_UNHEALTHY_ENDPOINTS) || EndpointGroups.forcesUnhealthy(view, service);
        if (!common.hasHealthyPanicThreshold() && sendsUnhealthy) {
            common.setHealthyPanicThreshold(Percent.getDefaultInstance());
        }
    }

    private void locality() {
        CommonLbConfig.Builder common = draft.cluster().getCommonLbConfigBuilder();
        LocalityPreference preference = LocalityPreference.of(view.mesh(), settings, service);
        boolean failover = draft.cluster().hasOutlierDetection();
        if (preference instanceof LocalityPreference.ByZone zone && view.proxy().type() != ProxyType.WAYPOINT) {
            var aware = CommonLbConfig.ZoneAwareLbConfig.newBuilder();
            if (zone.setting().minClusterSize() != null) {
                aware.setMinClusterSize(
                        UInt64Value.of(Integer.toUnsignedLong(zone.setting().minClusterSize())));
            }
            if (!zone.isEnabled()) {
                aware.setRoutingEnabled(Percent.getDefaultInstance());
            }
            common.setZoneAwareLbConfig(aware);
        } else if (isWeighted(preference, failover)) {
            common.setLocalityWeightedLbConfig(CommonLbConfig.LocalityWeightedLbConfig.getDefaultInstance());
        }
        if (draft.cluster().hasLoadAssignment()) {
            List<LocalityGroup> ordered = new LocalityOrder(
                            view.proxy().locality(), view.proxy().labels())
                    .apply(preference, draft.groups(), failover);
            var assignment = draft.cluster().getLoadAssignmentBuilder().clearEndpoints();
            ordered.forEach(group -> assignment.addEndpoints(group.build()));
        }
    }

    /** Only where weights mean something: elsewhere they would distort a policy such as least request. */
    private boolean isWeighted(@Nullable LocalityPreference preference, boolean outliers) {
        if (view.isOn(Feature.ENABLE_LOCALITY_WEIGHTED_LB_CONFIG)) {
            return true;
        }
        return preference instanceof LocalityPreference.ByLocality place
                && (!place.setting().distribute().isEmpty()
                        || ((place.force() || outliers)
                                && (!place.setting().failover().isEmpty()
                                        || !place.setting().failoverPriority().isEmpty())));
    }

    private void simple() {
        Cluster.Builder cluster = draft.cluster();
        SimpleLB simple = settings == null || settings.simple() == null ? SimpleLB.UNSPECIFIED : settings.simple();
        switch (simple) {
            case RANDOM -> cluster.setLbPolicy(Cluster.LbPolicy.RANDOM);
            case ROUND_ROBIN -> {
                cluster.setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN);
                Cluster.SlowStartConfig slow = slowStart();
                if (slow != null) {
                    cluster.setRoundRobinLbConfig(
                            Cluster.RoundRobinLbConfig.newBuilder().setSlowStartConfig(slow));
                }
            }
            case PASSTHROUGH ->
                cluster.setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                        .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                        .clearLoadAssignment();
            case LEAST_CONN, LEAST_REQUEST, UNSPECIFIED -> {
                cluster.setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST);
                Cluster.SlowStartConfig slow = slowStart();
                if (slow != null) {
                    cluster.setLeastRequestLbConfig(
                            Cluster.LeastRequestLbConfig.newBuilder().setSlowStartConfig(slow));
                }
            }
        }
    }

    private Cluster.@Nullable SlowStartConfig slowStart() {
        WarmupConfiguration warmup = settings == null ? null : settings.warmup();
        if (warmup != null) {
            Cluster.SlowStartConfig.Builder out = Cluster.SlowStartConfig.newBuilder()
                    .setAggression(RuntimeDouble.newBuilder()
                            .setDefaultValue(warmup.aggression() == null ? 1 : warmup.aggression())
                            .setRuntimeKey(NO_RUNTIME_KEY))
                    .setMinWeightPercent(Percent.newBuilder()
                            .setValue(warmup.minimumPercent() == null ? 10 : warmup.minimumPercent()));
            if (warmup.duration() != null) {
                out.setSlowStartWindow(Protos.duration(warmup.duration()));
            }
            return out.build();
        }
        if (settings != null && settings.warmupDurationSecs() != null) {
            return Cluster.SlowStartConfig.newBuilder()
                    .setSlowStartWindow(Protos.duration(settings.warmupDurationSecs()))
                    .build();
        }
        return null;
    }

    private void consistentHash() {
        ConsistentHashLB hash = settings == null ? null : settings.consistentHash();
        Cluster.Builder cluster = draft.cluster();
        if (hash == null) {
            return;
        }
        if (hash.maglev() != null) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV);
            if (hash.maglev().tableSize() != 0) {
                cluster.setMaglevLbConfig(Cluster.MaglevLbConfig.newBuilder()
                        .setTableSize(UInt64Value.of(hash.maglev().tableSize())));
            }
            return;
        }
        cluster.setLbPolicy(Cluster.LbPolicy.RING_HASH);
        long size = hash.ringHash() != null
                ? hash.ringHash().minimumRingSize()
                : hash.minimumRingSize() == 0 ? DEFAULT_RING_SIZE : hash.minimumRingSize();
        if (size != 0) {
            cluster.setRingHashLbConfig(Cluster.RingHashLbConfig.newBuilder().setMinimumRingSize(UInt64Value.of(size)));
        }
    }
}
