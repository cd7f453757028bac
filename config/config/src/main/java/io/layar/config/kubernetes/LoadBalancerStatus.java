package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;

/** Addresses of a load balancer. */
public record LoadBalancerStatus(ImmutableList<LoadBalancerIngress> ingress) {
    /** The {@code LoadBalancerIngress} message of {@link LoadBalancerStatus}. */
    public record LoadBalancerIngress(String ip, String hostname, ImmutableList<LoadBalancerPort> ports) {}

    /** The {@code LoadBalancerPort} message of {@link LoadBalancerStatus}. */
    public record LoadBalancerPort(int port, String protocol) {}
}
