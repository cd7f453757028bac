package io.layar.xdsgen.listener;

import io.layar.config.mesh.MeshConfig;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Protocol;
import java.util.List;

/** Ports on which a proxy may not listen: those of its own pages and capture, and low ones without the right to. */
final class ReservedPorts {
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final List<String> OWN = List.of(
            "ENVOY_STATUS_PORT",
            "ENVOY_PROMETHEUS_PORT",
            "ENVOY_SECURE_METRICS_PORT",
            "ENVOY_SECURE_MERGED_METRICS_PORT");

    private final Proxy proxy;
    private final MeshConfig mesh;

    ReservedPorts(Proxy proxy, MeshConfig mesh) {
        this.proxy = proxy;
        this.mesh = mesh;
    }

    /** May the proxy listen there? Only a wildcard address can be in the way of the proxy's own listeners. */
    boolean allows(boolean toPort, String bind, int port, Protocol protocol, boolean captured) {
        if (toPort && isPrivileged(port) && isUnprivileged()) {
            return false;
        }
        boolean wildcard = bind.isEmpty()
                ? protocol.isHttp()
                : bind.equals(Binding.wildcards(proxy).getFirst());
        if (!wildcard) {
            return true;
        }
        boolean capture = captured && (port == mesh.proxyListenPort() || port == mesh.proxyInboundListenPort());
        return !capture && !isOwn(port);
    }

    private boolean isOwn(int port) {
        String text = Integer.toString(port);
        return OWN.stream().anyMatch(key -> proxy.metadata().text(key).equals(text));
    }

    boolean isUnprivileged() {
        return proxy.metadata().isTrue("UNPRIVILEGED_POD");
    }

    static boolean isPrivileged(int port) {
        return port > 0 && port < FIRST_UNPRIVILEGED;
    }
}
