package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A Kubernetes Deployment. */
public record Deployment(
        @Nullable DeploymentSpec spec, @Nullable WorkloadStatus status) {
    /** The {@code DeploymentSpec} message of {@link Deployment}. */
    public record DeploymentSpec(
            @Nullable Integer replicas,
            @Nullable LabelSelector selector,
            @Nullable PodTemplate template,
            int minReadySeconds,
            boolean paused) {}
}
