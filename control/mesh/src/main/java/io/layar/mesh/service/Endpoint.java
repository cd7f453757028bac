package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;

/**
 * One address behind one port of a service.
 *
 * <p>Shape: {@code addresses} holds the first address first (two for a dual-stack pod), a Unix socket as
 * {@code unix:///path}; {@code weight} 0 means unset; {@code servicePort} 0 means that only its name is known.
 */
public record Endpoint(
        ImmutableList<String> addresses,
        int port,
        String servicePortName,
        int servicePort,
        ImmutableSortedMap<String, String> labels,
        String namespace,
        String workloadName,
        String serviceAccount,
        String network,
        Locality locality,
        String clusterId,
        int weight,
        String tlsMode,
        HealthStatus health,
        String hostname,
        String subdomain,
        String nodeName,
        boolean supportsTunnel) {
    public static final String TLS_MODE_LABEL = "security.istio.io/tlsMode";

    /** The first address; empty when there is none. */
    public String address() {
        return addresses.isEmpty() ? "" : addresses.getFirst();
    }

    /** Does this endpoint belong to {@code port}? By number when known, else by name. */
    public boolean serves(ServicePort target) {
        return servicePort == 0 ? servicePortName.equals(target.name()) : servicePort == target.port();
    }

    public Endpoint withAddresses(ImmutableList<String> others) {
        return new Endpoint(
                others,
                port,
                servicePortName,
                servicePort,
                labels,
                namespace,
                workloadName,
                serviceAccount,
                network,
                locality,
                clusterId,
                weight,
                tlsMode,
                health,
                hostname,
                subdomain,
                nodeName,
                supportsTunnel);
    }

    public Endpoint withWeight(int other) {
        return new Endpoint(
                addresses,
                port,
                servicePortName,
                servicePort,
                labels,
                namespace,
                workloadName,
                serviceAccount,
                network,
                locality,
                clusterId,
                other,
                tlsMode,
                health,
                hostname,
                subdomain,
                nodeName,
                supportsTunnel);
    }

    public Endpoint withHealth(HealthStatus other) {
        return new Endpoint(
                addresses,
                port,
                servicePortName,
                servicePort,
                labels,
                namespace,
                workloadName,
                serviceAccount,
                network,
                locality,
                clusterId,
                weight,
                tlsMode,
                other,
                hostname,
                subdomain,
                nodeName,
                supportsTunnel);
    }

    /** The same workload behind a port of a service. */
    public Endpoint at(int workloadPort, String portName, int portNumber) {
        return new Endpoint(
                addresses,
                workloadPort,
                portName,
                portNumber,
                labels,
                namespace,
                workloadName,
                serviceAccount,
                network,
                locality,
                clusterId,
                weight,
                tlsMode,
                health,
                hostname,
                subdomain,
                nodeName,
                supportsTunnel);
    }
}
