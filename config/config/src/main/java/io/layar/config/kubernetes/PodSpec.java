package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** What runs in a pod and how. */
public record PodSpec(
        ImmutableList<Container> containers,
        ImmutableList<Container> initContainers,
        ImmutableList<Volume> volumes,
        String nodeName,
        ImmutableMap<String, String> nodeSelector,
        String serviceAccountName,
        String serviceAccount,
        @Nullable Boolean automountServiceAccountToken,
        String hostname,
        String subdomain,
        boolean hostNetwork,
        ImmutableList<HostAlias> hostAliases,
        String dnsPolicy,
        String restartPolicy,
        @Nullable Long terminationGracePeriodSeconds,
        @Nullable SecurityContext securityContext,
        ImmutableList<LocalObjectReference> imagePullSecrets,
        ImmutableList<ReadinessGate> readinessGates,
        @Nullable Boolean shareProcessNamespace) {
    /** The {@code HostAlias} message of {@link PodSpec}. */
    public record HostAlias(String ip, ImmutableList<String> hostnames) {}

    /** The {@code ReadinessGate} message of {@link PodSpec}. */
    public record ReadinessGate(String conditionType) {}
}
