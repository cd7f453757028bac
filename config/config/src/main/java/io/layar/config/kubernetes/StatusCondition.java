package io.layar.config.kubernetes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A condition of a Kubernetes object. */
public record StatusCondition(
        String type,
        String status,
        String reason,
        String message,
        @Nullable Instant lastTransitionTime,
        @Nullable Instant lastProbeTime,
        long observedGeneration) {}
