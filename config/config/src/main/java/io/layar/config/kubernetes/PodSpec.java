package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
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
    public PodSpec withContainers(ImmutableList<Container> containers) {
        return Records.with(this, "containers", containers);
    }

    public PodSpec withInitContainers(ImmutableList<Container> initContainers) {
        return Records.with(this, "initContainers", initContainers);
    }

    public PodSpec withVolumes(ImmutableList<Volume> volumes) {
        return Records.with(this, "volumes", volumes);
    }

    public PodSpec withNodeName(String nodeName) {
        return Records.with(this, "nodeName", nodeName);
    }

    public PodSpec withNodeSelector(ImmutableMap<String, String> nodeSelector) {
        return Records.with(this, "nodeSelector", nodeSelector);
    }

    public PodSpec withServiceAccountName(String serviceAccountName) {
        return Records.with(this, "serviceAccountName", serviceAccountName);
    }

    public PodSpec withServiceAccount(String serviceAccount) {
        return Records.with(this, "serviceAccount", serviceAccount);
    }

    public PodSpec withAutomountServiceAccountToken(@Nullable Boolean automountServiceAccountToken) {
        return Records.with(this, "automountServiceAccountToken", automountServiceAccountToken);
    }

    public PodSpec withHostname(String hostname) {
        return Records.with(this, "hostname", hostname);
    }

    public PodSpec withSubdomain(String subdomain) {
        return Records.with(this, "subdomain", subdomain);
    }

    public PodSpec withHostNetwork(boolean hostNetwork) {
        return Records.with(this, "hostNetwork", hostNetwork);
    }

    public PodSpec withHostAliases(ImmutableList<HostAlias> hostAliases) {
        return Records.with(this, "hostAliases", hostAliases);
    }

    public PodSpec withDnsPolicy(String dnsPolicy) {
        return Records.with(this, "dnsPolicy", dnsPolicy);
    }

    public PodSpec withRestartPolicy(String restartPolicy) {
        return Records.with(this, "restartPolicy", restartPolicy);
    }

    public PodSpec withTerminationGracePeriodSeconds(@Nullable Long terminationGracePeriodSeconds) {
        return Records.with(this, "terminationGracePeriodSeconds", terminationGracePeriodSeconds);
    }

    public PodSpec withSecurityContext(@Nullable SecurityContext securityContext) {
        return Records.with(this, "securityContext", securityContext);
    }

    public PodSpec withImagePullSecrets(ImmutableList<LocalObjectReference> imagePullSecrets) {
        return Records.with(this, "imagePullSecrets", imagePullSecrets);
    }

    public PodSpec withReadinessGates(ImmutableList<ReadinessGate> readinessGates) {
        return Records.with(this, "readinessGates", readinessGates);
    }

    public PodSpec withShareProcessNamespace(@Nullable Boolean shareProcessNamespace) {
        return Records.with(this, "shareProcessNamespace", shareProcessNamespace);
    }

    /** The {@code HostAlias} message of {@link PodSpec}. */
    public record HostAlias(String ip, ImmutableList<String> hostnames) {}

    /** The {@code ReadinessGate} message of {@link PodSpec}. */
    public record ReadinessGate(String conditionType) {}
}
