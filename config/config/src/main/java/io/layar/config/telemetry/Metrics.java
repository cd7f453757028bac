package io.layar.config.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Metrics of the selected workloads and changes to their tags. */
public record Metrics(
        ImmutableList<ProviderRef> providers,
        ImmutableList<MetricsOverrides> overrides,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration reportingInterval) {}
