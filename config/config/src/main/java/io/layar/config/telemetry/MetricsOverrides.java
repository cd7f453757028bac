package io.layar.config.telemetry;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** Changes to the selected metrics. */
public record MetricsOverrides(
        @Nullable MetricSelector match, @Nullable Boolean disabled, ImmutableMap<String, TagOverride> tagOverrides) {
    /** The {@code TagOverride} message of {@link MetricsOverrides}. */
    public record TagOverride(Operation operation, String value) {
        /** The values of {@code Operation} in {@link TagOverride}. */
        public enum Operation {
            UPSERT,
            REMOVE
        }
    }
}
