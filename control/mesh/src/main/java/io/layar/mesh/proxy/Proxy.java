package io.layar.mesh.proxy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.InetAddresses;
import io.layar.mesh.service.Locality;
import java.net.Inet4Address;

/**
 * A proxy as its node describes it.
 *
 * <p>Shape: {@code id} is {@code pod.namespace}; {@code ips} never empty; {@code extensions} are the names and type URLs
 * that the node says it has, empty when it says nothing. Thread: any (immutable).
 */
public record Proxy(
        ProxyType type,
        String id,
        String cluster,
        ImmutableList<String> ips,
        String dnsDomain,
        String namespace,
        ImmutableSortedMap<String, String> labels,
        NodeMetadata metadata,
        Locality locality,
        IstioVersion version,
        ImmutableSet<String> extensions) {

    /** How traffic reaches the proxy. */
    public enum Interception {
        REDIRECT,
        TPROXY,
        NONE
    }

    /**
     * Of an xDS node.
     *
     * @param nodeId {@code type~ip~pod.namespace~domain}
     * @throws IllegalArgumentException when the id has another shape
     */
    public static Proxy of(String nodeId, NodeMetadata metadata, Locality locality, ImmutableSet<String> extensions) {
        return of(nodeId, "", metadata, locality, extensions);
    }

    /**
     * Of an xDS node.
     *
     * @param nodeId {@code type~ip~pod.namespace~domain}
     * @param nodeCluster the node's {@code cluster}: under which name it reports traces
     * @throws IllegalArgumentException when the id has another shape
     */
    public static Proxy of(
            String nodeId,
            String nodeCluster,
            NodeMetadata metadata,
            Locality locality,
            ImmutableSet<String> extensions) {
        String[] parts = nodeId.split("~", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("node id: " + nodeId + " (expected: type~ip~id~domain)");
        }
        ProxyType type = typeOf(parts[0]);
        ImmutableList<String> ips = metadata.list("INSTANCE_IPS").stream()
                .filter(InetAddresses::isInetAddress)
                .collect(ImmutableList.toImmutableList());
        if (ips.isEmpty()) {
            if (!InetAddresses.isInetAddress(parts[1])) {
                throw new IllegalArgumentException(
                        "node id: " + nodeId + " (expected: an IP address in its second part)");
            }
            ips = ImmutableList.of(parts[1]);
        }
        return new Proxy(
                type,
                parts[2],
                nodeCluster,
                ips,
                parts[3],
                namespaceOf(metadata, parts[2], parts[3]),
                metadata.texts("LABELS"),
                metadata,
                locality,
                IstioVersion.parse(metadata.text("ISTIO_VERSION")),
                extensions);
    }

    private static ProxyType typeOf(String text) {
        for (ProxyType type : ProxyType.values()) {
            if (type.id().equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("node type: " + text + " (expected: sidecar, router, waypoint or ztunnel)");
    }

    private static String namespaceOf(NodeMetadata metadata, String id, String domain) {
        String namespace = metadata.text("NAMESPACE");
        if (!namespace.isEmpty()) {
            return namespace;
        }
        int dot = id.indexOf('.');
        if (dot >= 0) {
            return id.substring(dot + 1);
        }
        int end = domain.indexOf('.');
        return end < 0 ? domain : domain.substring(0, end);
    }

    /** The same proxy with what the mesh knows of its workload. */
    public Proxy with(ImmutableSortedMap<String, String> knownLabels, Locality knownLocality) {
        return new Proxy(
                type,
                id,
                cluster,
                ips,
                dnsDomain,
                namespace,
                knownLabels,
                metadata,
                knownLocality,
                version,
                extensions);
    }

    public String clusterId() {
        String id = metadata.text("CLUSTER_ID");
        return id.isEmpty() ? "Kubernetes" : id;
    }

    public String network() {
        return metadata.text("NETWORK");
    }

    public boolean isSidecar() {
        return type == ProxyType.SIDECAR;
    }

    public boolean isRouter() {
        return type == ProxyType.ROUTER;
    }

    /** Is this a program that uses gRPC's own xDS client instead of a proxy? */
    public boolean isProxylessGrpc() {
        return metadata.text("GENERATOR").equals("grpc");
    }

    public boolean supportsIpv4() {
        return ips.stream().anyMatch(Proxy::isV4);
    }

    public boolean supportsIpv6() {
        return ips.stream().anyMatch(ip -> !isV4(ip));
    }

    private static boolean isV4(String ip) {
        return InetAddresses.forString(ip) instanceof Inet4Address;
    }

    public Interception interception() {
        return switch (metadata.text("INTERCEPTION_MODE")) {
            case "TPROXY" -> Interception.TPROXY;
            case "NONE" -> Interception.NONE;
            default -> Interception.REDIRECT;
        };
    }

    /** SPIFFE identity in {@code trustDomain}. */
    public String spiffeId(String trustDomain) {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + metadata.text("SERVICE_ACCOUNT");
    }
}
