package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** The template of the WorkloadEntry objects of machines that register themselves. */
public record WorkloadGroup(
        @Nullable ObjectMeta metadata,
        @Nullable WorkloadEntry template,
        @Nullable ReadinessProbe probe) {
    /** The {@code ObjectMeta} message of {@link WorkloadGroup}. */
    public record ObjectMeta(ImmutableMap<String, String> labels, ImmutableMap<String, String> annotations) {}
}
