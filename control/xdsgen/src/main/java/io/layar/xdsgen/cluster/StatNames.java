package io.layar.xdsgen.cluster;

import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;

/** Statistics' names by a pattern of the mesh: {@code %SERVICE%}, {@code %SERVICE_FQDN%}, {@code %SUBSET_NAME%}, … */
public final class StatNames {
    private StatNames() {}

    /** @param targetPort the workload's port, 0 for outbound */
    public static String of(String pattern, Service service, String subset, ServicePort port, int targetPort) {
        return pattern.replace(
                        "%SERVICE%",
                        service.isKubernetes() ? service.name() + "." + service.namespace() : service.hostname())
                .replace("%SERVICE_NAME%", service.isKubernetes() ? service.name() : service.hostname())
                .replace("%SERVICE_FQDN%", service.hostname())
                .replace("%SUBSET_NAME%", subset)
                .replace("%TARGET_PORT%", Integer.toString(targetPort))
                .replace("%SERVICE_PORT%", Integer.toString(port.port()))
                .replace("%SERVICE_PORT_NAME%", port.name());
    }
}
