package io.layar.config.networking;

/** How traffic to a listener of a Sidecar reaches it. */
public enum CaptureMode {
    DEFAULT,
    IPTABLES,
    NONE
}
