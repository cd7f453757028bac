package io.layar.mesh.kube;

import com.google.common.collect.ImmutableMap;
import io.layar.mesh.service.Endpoint;

/**
 * Something that serves: a pod or a WorkloadEntry, before a service gave it a port.
 *
 * <p>Shape: {@code endpoint} has port 0 and no service port name; {@code ports} are the named ports. {@code dnsOnly}: its
 * address is no IP address, so only services that resolve names can use it.
 */
record Workload(
        Kind kind,
        String namespace,
        String name,
        Endpoint endpoint,
        ImmutableMap<String, Integer> ports,
        boolean dnsOnly,
        String origin) {
    enum Kind {
        POD,
        WORKLOAD_ENTRY
    }
}
