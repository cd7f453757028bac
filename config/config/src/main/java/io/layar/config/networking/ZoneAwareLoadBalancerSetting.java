package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** Load balancing that prefers the own zone. */
public record ZoneAwareLoadBalancerSetting(
        @Nullable Boolean enabled,
        ImmutableList<Failover> failover,
        ImmutableList<String> failoverPriority,
        @Limits(min = 1) @Unsigned @Nullable Integer minClusterSize) {
    /** The {@code Failover} message of {@link ZoneAwareLoadBalancerSetting}. */
    public record Failover(String from, String to) {}
}
