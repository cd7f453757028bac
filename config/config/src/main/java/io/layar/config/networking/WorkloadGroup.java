package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** The template of the WorkloadEntry objects of machines that register themselves. */
public record WorkloadGroup(
        @Nullable ObjectMeta metadata,
        @Required @Nullable WorkloadEntry template,
        @Nullable ReadinessProbe probe) {
    /** The {@code ObjectMeta} message of {@link WorkloadGroup}. */
    public record ObjectMeta(
            @Limits(maxSize = 256) ImmutableMap<String, String> labels,
            @Limits(maxSize = 256) ImmutableMap<String, String> annotations) {}
}
