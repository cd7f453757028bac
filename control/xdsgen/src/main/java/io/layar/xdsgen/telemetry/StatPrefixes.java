package io.layar.xdsgen.telemetry;

import io.layar.mesh.service.Service;
import org.jspecify.annotations.Nullable;

/** Statistics names by the patterns of the mesh configuration, and how every prefix of a connection manager ends. */
public final class StatPrefixes {
    private StatPrefixes() {}

    /** A prefix, marked at its end so that tags can be taken from it. */
    public static String delimited(String prefix) {
        return prefix + ";";
    }

    /** Of an outbound cluster or TCP proxy. */
    public static String outbound(
            String pattern, String host, String subset, int port, String portName, Service service) {
        boolean kubernetes = service.isKubernetes();
        String shortName = kubernetes ? service.name() + "." + service.namespace() : host;
        String name = kubernetes ? service.name() : host;
        return replace(pattern, shortName, name, host, subset, port, portName).replace("%TARGET_PORT%", "0");
    }

    /**
     * Of an inbound chain.
     *
     * @param service null when the chain is not made for a Kubernetes service
     */
    public static String inbound(String pattern, @Nullable Service service, String host, int port, String portName) {
        String shortName = service == null ? host : service.name() + "." + service.namespace();
        String name = service == null ? host : service.name();
        return replace(pattern, shortName, name, host, "", port, portName);
    }

    private static String replace(
            String pattern, String shortName, String name, String host, String subset, int port, String portName) {
        return pattern.replace("%SERVICE%", shortName)
                .replace("%SERVICE_NAME%", name)
                .replace("%SERVICE_FQDN%", host)
                .replace("%SUBSET_NAME%", subset)
                .replace("%SERVICE_PORT%", Integer.toString(port))
                .replace("%SERVICE_PORT_NAME%", portName);
    }
}
