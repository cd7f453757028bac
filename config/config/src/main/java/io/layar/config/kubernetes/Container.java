package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A container of a pod. */
public record Container(
        String name,
        String image,
        String imagePullPolicy,
        ImmutableList<String> command,
        ImmutableList<String> args,
        String workingDir,
        ImmutableList<EnvVar> env,
        ImmutableList<EnvFromSource> envFrom,
        ImmutableList<ContainerPort> ports,
        @Nullable Probe readinessProbe,
        @Nullable Probe livenessProbe,
        @Nullable Probe startupProbe,
        @Nullable Lifecycle lifecycle,
        @Nullable String restartPolicy,
        @Nullable SecurityContext securityContext,
        ImmutableList<VolumeMount> volumeMounts) {
    /** The {@code ContainerPort} message of {@link Container}. */
    public record ContainerPort(
            String name,
            int containerPort,
            int hostPort,
            String hostIP,
            String protocol) {}

    /** The {@code Lifecycle} message of {@link Container}. */
    public record Lifecycle(@Nullable LifecycleHandler postStart, @Nullable LifecycleHandler preStop) {}

    /** The {@code LifecycleHandler} message of {@link Container}. */
    public record LifecycleHandler(
            Probe.@Nullable ExecAction exec,
            Probe.@Nullable HTTPGetAction httpGet,
            Probe.@Nullable TCPSocketAction tcpSocket,
            @Nullable SleepAction sleep) {}

    /** The {@code SleepAction} message of {@link Container}. */
    public record SleepAction(long seconds) {}

    /** The {@code VolumeMount} message of {@link Container}. */
    public record VolumeMount(String name, String mountPath, String subPath, boolean readOnly) {}
}
