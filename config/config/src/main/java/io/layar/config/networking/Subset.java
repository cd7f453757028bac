package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A named part of the endpoints of a host. */
public record Subset(
        @Required String name,
        ImmutableMap<String, String> labels,
        @Nullable TrafficPolicy trafficPolicy) {
    public Subset withName(String name) {
        return Records.with(this, "name", name);
    }

    public Subset withLabels(ImmutableMap<String, String> labels) {
        return Records.with(this, "labels", labels);
    }

    public Subset withTrafficPolicy(@Nullable TrafficPolicy trafficPolicy) {
        return Records.with(this, "trafficPolicy", trafficPolicy);
    }
}
