package io.layar.config.telemetry;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Metrics of the selected workloads and changes to their tags. */
public record Metrics(
        ImmutableList<ProviderRef> providers,
        ImmutableList<MetricsOverrides> overrides,
        @Nullable Duration reportingInterval) {}
