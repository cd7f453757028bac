package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
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
            @Nullable Boolean allocateLoadBalancerNodePorts) {
        public ServiceSpec withType(String type) {
            return Records.with(this, "type", type);
        }

        public ServiceSpec withClusterIP(String clusterIP) {
            return Records.with(this, "clusterIP", clusterIP);
        }

        public ServiceSpec withClusterIPs(ImmutableList<String> clusterIPs) {
            return Records.with(this, "clusterIPs", clusterIPs);
        }

        public ServiceSpec withExternalName(String externalName) {
            return Records.with(this, "externalName", externalName);
        }

        public ServiceSpec withExternalIPs(ImmutableList<String> externalIPs) {
            return Records.with(this, "externalIPs", externalIPs);
        }

        public ServiceSpec withSelector(ImmutableMap<String, String> selector) {
            return Records.with(this, "selector", selector);
        }

        public ServiceSpec withPorts(ImmutableList<ServicePort> ports) {
            return Records.with(this, "ports", ports);
        }

        public ServiceSpec withPublishNotReadyAddresses(boolean publishNotReadyAddresses) {
            return Records.with(this, "publishNotReadyAddresses", publishNotReadyAddresses);
        }

        public ServiceSpec withSessionAffinity(String sessionAffinity) {
            return Records.with(this, "sessionAffinity", sessionAffinity);
        }

        public ServiceSpec withSessionAffinityConfig(@Nullable SessionAffinityConfig sessionAffinityConfig) {
            return Records.with(this, "sessionAffinityConfig", sessionAffinityConfig);
        }

        public ServiceSpec withExternalTrafficPolicy(String externalTrafficPolicy) {
            return Records.with(this, "externalTrafficPolicy", externalTrafficPolicy);
        }

        public ServiceSpec withInternalTrafficPolicy(@Nullable String internalTrafficPolicy) {
            return Records.with(this, "internalTrafficPolicy", internalTrafficPolicy);
        }

        public ServiceSpec withTrafficDistribution(@Nullable String trafficDistribution) {
            return Records.with(this, "trafficDistribution", trafficDistribution);
        }

        public ServiceSpec withIpFamilies(ImmutableList<String> ipFamilies) {
            return Records.with(this, "ipFamilies", ipFamilies);
        }

        public ServiceSpec withIpFamilyPolicy(@Nullable String ipFamilyPolicy) {
            return Records.with(this, "ipFamilyPolicy", ipFamilyPolicy);
        }

        public ServiceSpec withLoadBalancerIP(String loadBalancerIP) {
            return Records.with(this, "loadBalancerIP", loadBalancerIP);
        }

        public ServiceSpec withLoadBalancerClass(@Nullable String loadBalancerClass) {
            return Records.with(this, "loadBalancerClass", loadBalancerClass);
        }

        public ServiceSpec withLoadBalancerSourceRanges(ImmutableList<String> loadBalancerSourceRanges) {
            return Records.with(this, "loadBalancerSourceRanges", loadBalancerSourceRanges);
        }

        public ServiceSpec withHealthCheckNodePort(int healthCheckNodePort) {
            return Records.with(this, "healthCheckNodePort", healthCheckNodePort);
        }

        public ServiceSpec withAllocateLoadBalancerNodePorts(@Nullable Boolean allocateLoadBalancerNodePorts) {
            return Records.with(this, "allocateLoadBalancerNodePorts", allocateLoadBalancerNodePorts);
        }
    }

    /** The {@code SessionAffinityConfig} message of {@link Service}. */
    public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}

    /** The {@code ClientIPConfig} message of {@link Service}. */
    public record ClientIPConfig(@Nullable Integer timeoutSeconds) {}

    /** The {@code ServiceStatus} message of {@link Service}. */
    public record ServiceStatus(@Nullable LoadBalancerStatus loadBalancer) {}
}
