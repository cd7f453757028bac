package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes StatefulSet. */
public record StatefulSet(
        @Nullable StatefulSetSpec spec, @Nullable WorkloadStatus status) {
    /** The {@code StatefulSetSpec} message of {@link StatefulSet}. */
    public record StatefulSetSpec(
            @Nullable Integer replicas,
            @Nullable LabelSelector selector,
            @Nullable PodTemplate template,
            String serviceName,
            String podManagementPolicy) {}
}
