package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** What happens to traffic for a host after routing: subsets and traffic policies. */
public record DestinationRule(
        @Required String host,
        @Nullable TrafficPolicy trafficPolicy,
        ImmutableList<Subset> subsets,
        ImmutableList<String> exportTo,
        @Nullable WorkloadSelector workloadSelector) {
    public DestinationRule withHost(String host) {
        return Records.with(this, "host", host);
    }

    public DestinationRule withTrafficPolicy(@Nullable TrafficPolicy trafficPolicy) {
        return Records.with(this, "trafficPolicy", trafficPolicy);
    }

    public DestinationRule withSubsets(ImmutableList<Subset> subsets) {
        return Records.with(this, "subsets", subsets);
    }

    public DestinationRule withExportTo(ImmutableList<String> exportTo) {
        return Records.with(this, "exportTo", exportTo);
    }

    public DestinationRule withWorkloadSelector(@Nullable WorkloadSelector workloadSelector) {
        return Records.with(this, "workloadSelector", workloadSelector);
    }
}
