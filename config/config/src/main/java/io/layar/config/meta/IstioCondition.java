package io.layar.config.meta;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One condition of an Istio resource, in the shape of a Kubernetes condition. */
public record IstioCondition(
        String type,
        String status,
        @Nullable Instant lastProbeTime,
        @Nullable Instant lastTransitionTime,
        String reason,
        String message,
        long observedGeneration) {}
