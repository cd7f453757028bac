package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The observed state of a pod. */
public record PodStatus(
        String phase,
        String reason,
        String message,
        String podIP,
        ImmutableList<PodIP> podIPs,
        String hostIP,
        ImmutableList<PodIP> hostIPs,
        @Nullable Instant startTime,
        ImmutableList<StatusCondition> conditions,
        ImmutableList<ContainerStatus> containerStatuses,
        ImmutableList<ContainerStatus> initContainerStatuses) {
    public PodStatus withPhase(String phase) {
        return Records.with(this, "phase", phase);
    }

    public PodStatus withReason(String reason) {
        return Records.with(this, "reason", reason);
    }

    public PodStatus withMessage(String message) {
        return Records.with(this, "message", message);
    }

    public PodStatus withPodIP(String podIP) {
        return Records.with(this, "podIP", podIP);
    }

    public PodStatus withPodIPs(ImmutableList<PodIP> podIPs) {
        return Records.with(this, "podIPs", podIPs);
    }

    public PodStatus withHostIP(String hostIP) {
        return Records.with(this, "hostIP", hostIP);
    }

    public PodStatus withHostIPs(ImmutableList<PodIP> hostIPs) {
        return Records.with(this, "hostIPs", hostIPs);
    }

    public PodStatus withStartTime(@Nullable Instant startTime) {
        return Records.with(this, "startTime", startTime);
    }

    public PodStatus withConditions(ImmutableList<StatusCondition> conditions) {
        return Records.with(this, "conditions", conditions);
    }

    public PodStatus withContainerStatuses(ImmutableList<ContainerStatus> containerStatuses) {
        return Records.with(this, "containerStatuses", containerStatuses);
    }

    public PodStatus withInitContainerStatuses(ImmutableList<ContainerStatus> initContainerStatuses) {
        return Records.with(this, "initContainerStatuses", initContainerStatuses);
    }

    /** The {@code PodIP} message of {@link PodStatus}. */
    public record PodIP(String ip) {}

    /** The {@code ContainerStatus} message of {@link PodStatus}. */
    public record ContainerStatus(
            String name,
            boolean ready,
            @Nullable Boolean started,
            int restartCount,
            String image,
            String containerID) {}
}
