package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** How traffic is spread over localities and where it goes when one fails. */
public record LocalityLoadBalancerSetting(
        ImmutableList<Distribute> distribute,
        ImmutableList<Failover> failover,
        ImmutableList<String> failoverPriority,
        @Nullable Boolean enabled) {
    /** The {@code Distribute} message of {@link LocalityLoadBalancerSetting}. */
    public record Distribute(String from, @Unsigned ImmutableMap<String, Integer> to) {}

    /** The {@code Failover} message of {@link LocalityLoadBalancerSetting}. */
    public record Failover(String from, String to) {}
}
