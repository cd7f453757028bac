package io.layar.config.telemetry;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** Access logs of the selected workloads. */
public record AccessLogging(
        @Nullable LogSelector match,
        ImmutableList<ProviderRef> providers,
        @Nullable Boolean disabled,
        @Nullable Filter filter) {
    /** The {@code LogSelector} message of {@link AccessLogging}. */
    public record LogSelector(WorkloadMode mode) {}

    /** The {@code Filter} message of {@link AccessLogging}. */
    public record Filter(String expression) {}
}
