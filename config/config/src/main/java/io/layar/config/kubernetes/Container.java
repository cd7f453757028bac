package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;
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
    public Container withName(String name) {
        return Records.with(this, "name", name);
    }

    public Container withImage(String image) {
        return Records.with(this, "image", image);
    }

    public Container withImagePullPolicy(String imagePullPolicy) {
        return Records.with(this, "imagePullPolicy", imagePullPolicy);
    }

    public Container withCommand(ImmutableList<String> command) {
        return Records.with(this, "command", command);
    }

    public Container withArgs(ImmutableList<String> args) {
        return Records.with(this, "args", args);
    }

    public Container withWorkingDir(String workingDir) {
        return Records.with(this, "workingDir", workingDir);
    }

    public Container withEnv(ImmutableList<EnvVar> env) {
        return Records.with(this, "env", env);
    }

    public Container withEnvFrom(ImmutableList<EnvFromSource> envFrom) {
        return Records.with(this, "envFrom", envFrom);
    }

    public Container withPorts(ImmutableList<ContainerPort> ports) {
        return Records.with(this, "ports", ports);
    }

    public Container withReadinessProbe(@Nullable Probe readinessProbe) {
        return Records.with(this, "readinessProbe", readinessProbe);
    }

    public Container withLivenessProbe(@Nullable Probe livenessProbe) {
        return Records.with(this, "livenessProbe", livenessProbe);
    }

    public Container withStartupProbe(@Nullable Probe startupProbe) {
        return Records.with(this, "startupProbe", startupProbe);
    }

    public Container withLifecycle(@Nullable Lifecycle lifecycle) {
        return Records.with(this, "lifecycle", lifecycle);
    }

    public Container withRestartPolicy(@Nullable String restartPolicy) {
        return Records.with(this, "restartPolicy", restartPolicy);
    }

    public Container withSecurityContext(@Nullable SecurityContext securityContext) {
        return Records.with(this, "securityContext", securityContext);
    }

    public Container withVolumeMounts(ImmutableList<VolumeMount> volumeMounts) {
        return Records.with(this, "volumeMounts", volumeMounts);
    }

    /** The {@code ContainerPort} message of {@link Container}. */
    public record ContainerPort(String name, int containerPort, int hostPort, String hostIP, String protocol) {}

    /** The {@code Lifecycle} message of {@link Container}. */
    public record Lifecycle(
            @Nullable LifecycleHandler postStart, @Nullable LifecycleHandler preStop) {}

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
