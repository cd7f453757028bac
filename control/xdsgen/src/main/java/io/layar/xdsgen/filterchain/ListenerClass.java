package io.layar.xdsgen.filterchain;

/** Which side of which proxy a listener serves; telemetry, authentication and authorization depend on it. */
public enum ListenerClass {
    SIDECAR_INBOUND,
    SIDECAR_OUTBOUND,
    GATEWAY
}
