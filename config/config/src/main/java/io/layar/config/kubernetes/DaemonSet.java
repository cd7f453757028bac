package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes DaemonSet. */
public record DaemonSet(@Nullable DaemonSetSpec spec) {
    /** The {@code DaemonSetSpec} message of {@link DaemonSet}. */
    public record DaemonSetSpec(
            @Nullable LabelSelector selector, @Nullable PodTemplate template) {}
}
