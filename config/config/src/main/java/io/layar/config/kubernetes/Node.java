package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Node. */
public record Node(@Nullable NodeSpec spec, @Nullable NodeStatus status) {
    /** The {@code NodeSpec} message of {@link Node}. */
    public record NodeSpec(String podCIDR, ImmutableList<String> podCIDRs, String providerID, boolean unschedulable) {}

    /** The {@code NodeStatus} message of {@link Node}. */
    public record NodeStatus(ImmutableList<NodeAddress> addresses, ImmutableList<StatusCondition> conditions) {}

    /** The {@code NodeAddress} message of {@link Node}. */
    public record NodeAddress(String type, String address) {}
}
