package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;

/**
 * One address behind one port of a service.
 *
 * <p>Shape: {@code addresses} holds the first address first (two for a dual-stack pod), a Unix socket as
 * {@code unix:///path}; {@code weight} 0 means unset.
 */
public record Endpoint(
        ImmutableList<String> addresses,
        int port,
        String servicePortName,
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
        boolean nodeLocalOnly,
        boolean supportsTunnel) {
    public static final String TLS_MODE_LABEL = "security.istio.io/tlsMode";

    /** The first address; empty when there is none. */
    public String address() {
        return addresses.isEmpty() ? "" : addresses.getFirst();
    }
}
