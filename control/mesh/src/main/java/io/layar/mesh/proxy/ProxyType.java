package io.layar.mesh.proxy;

/** What a proxy is for. */
public enum ProxyType {
    SIDECAR("sidecar"),
    ROUTER("router"),
    WAYPOINT("waypoint"),
    ZTUNNEL("ztunnel");

    private final String id;

    ProxyType(String id) {
        this.id = id;
    }

    /** As written at the front of a node id. */
    public String id() {
        return id;
    }
}
