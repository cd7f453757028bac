package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
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
