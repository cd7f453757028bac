package io.layar.config.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** Traces, metrics and access logs of the selected workloads. */
public record Telemetry(
        @Nullable WorkloadSelector selector,
        @Nullable PolicyTargetReference targetRef,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        ImmutableList<Tracing> tracing,
        ImmutableList<Metrics> metrics,
        ImmutableList<AccessLogging> accessLogging) {}
