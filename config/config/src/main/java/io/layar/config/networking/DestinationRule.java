package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** What happens to traffic for a host after routing: subsets and traffic policies. */
public record DestinationRule(
        String host,
        @Nullable TrafficPolicy trafficPolicy,
        ImmutableList<Subset> subsets,
        ImmutableList<String> exportTo,
        @Nullable WorkloadSelector workloadSelector) {}
