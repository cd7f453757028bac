package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service. */
public record Service(@Nullable ServiceSpec spec, @Nullable ServiceStatus status) {
    /** The {@code ServiceSpec} message of {@link Service}. */
    public record ServiceSpec(
            String type,
            String clusterIP,
            ImmutableList<String> clusterIPs,
            String externalName,
            ImmutableList<String> externalIPs,
            ImmutableMap<String, String> selector,
            ImmutableList<ServicePort> ports,
            boolean publishNotReadyAddresses,
            String sessionAffinity,
            @Nullable SessionAffinityConfig sessionAffinityConfig,
            String externalTrafficPolicy,
            @Nullable String internalTrafficPolicy,
            @Nullable String trafficDistribution,
            ImmutableList<String> ipFamilies,
            @Nullable String ipFamilyPolicy,
            String loadBalancerIP,
            @Nullable String loadBalancerClass,
            ImmutableList<String> loadBalancerSourceRanges,
            int healthCheckNodePort,
            @Nullable Boolean allocateLoadBalancerNodePorts) {}

    /** The {@code SessionAffinityConfig} message of {@link Service}. */
    public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}

    /** The {@code ClientIPConfig} message of {@link Service}. */
    public record ClientIPConfig(@Nullable Integer timeoutSeconds) {}

    /** The {@code ServiceStatus} message of {@link Service}. */
    public record ServiceStatus(@Nullable LoadBalancerStatus loadBalancer) {}
}
