package io.layar.local.workload;

import com.google.common.collect.ImmutableMap;
import io.layar.config.kubernetes.PodSpec;

/**
 * One pod that should run. Two plans of one name that are not equal are different pods: the old one is replaced.
 *
 * @param workload name of the Deployment or StatefulSet, or of the pod itself
 * @param labels with those that injection and the Deployment add
 * @param role what its proxy is
 */
public record PodPlan(
        String name,
        String namespace,
        String workload,
        ImmutableMap<String, String> labels,
        ImmutableMap<String, String> annotations,
        PodSpec spec,
        Role role) {

    /** Which proxy a pod has. */
    public enum Role {
        /** No proxy: injection does not select the pod. */
        PLAIN,
        /** A sidecar in front of the containers. */
        SIDECAR,
        /** The pod is a gateway: the proxy is all it runs. */
        GATEWAY
    }

    public String key() {
        return namespace + "/" + name;
    }

    public boolean hasProxy() {
        return role != Role.PLAIN;
    }

    public String serviceAccount() {
        return spec.serviceAccountName().isEmpty() ? "default" : spec.serviceAccountName();
    }
}
