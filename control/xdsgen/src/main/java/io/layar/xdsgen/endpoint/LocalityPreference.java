package io.layar.xdsgen.endpoint;

import com.google.common.collect.ImmutableList;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LocalityLoadBalancerSetting;
import io.layar.config.networking.ZoneAwareLoadBalancerSetting;
import io.layar.mesh.kube.TopologyLabels;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.TrafficDistribution;
import org.jspecify.annotations.Nullable;

/** How a client prefers endpoints by their place. */
public sealed interface LocalityPreference {
    /** By weights or failover. {@code force}: failover counts even without outlier detection. */
    record ByLocality(LocalityLoadBalancerSetting setting, boolean force) implements LocalityPreference {}

    /** By zones within the client's own region, which Envoy balances itself. */
    record ByZone(ZoneAwareLoadBalancerSetting setting) implements LocalityPreference {
        public boolean isEnabled() {
            return setting.enabled() == null || setting.enabled();
        }
    }

    /** The rule's settings win over the service's traffic distribution, that over the mesh's. Null when none holds. */
    static @Nullable LocalityPreference of(MeshConfig mesh, @Nullable LoadBalancerSettings settings, Service service) {
        if (settings != null && settings.zoneAwareLbSetting() != null) {
            return new ByZone(settings.zoneAwareLbSetting());
        }
        if (settings != null && settings.localityLbSetting() != null) {
            return enabled(settings.localityLbSetting());
        }
        TrafficDistribution distribution = service.kubernetes().trafficDistribution();
        if (distribution != TrafficDistribution.ANY) {
            return new ByLocality(near(distribution), true);
        }
        if (mesh.zoneAwareLbSetting() != null) {
            return new ByZone(mesh.zoneAwareLbSetting());
        }
        return mesh.localityLbSetting() == null ? null : enabled(mesh.localityLbSetting());
    }

    private static @Nullable LocalityPreference enabled(LocalityLoadBalancerSetting setting) {
        return Boolean.FALSE.equals(setting.enabled()) ? null : new ByLocality(setting, false);
    }

    private static LocalityLoadBalancerSetting near(TrafficDistribution distribution) {
        var labels =
                ImmutableList.<String>builder().add(TopologyLabels.NETWORK, TopologyLabels.REGION, TopologyLabels.ZONE);
        if (distribution == TrafficDistribution.PREFER_SAME_NODE) {
            labels.add(TopologyLabels.SUBZONE, TopologyLabels.HOSTNAME);
        }
        return new LocalityLoadBalancerSetting(ImmutableList.of(), ImmutableList.of(), labels.build(), true);
    }
}
