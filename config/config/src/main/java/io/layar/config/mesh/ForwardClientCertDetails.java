package io.layar.config.mesh;

/** What a proxy does with the header {@code x-forwarded-client-cert}. */
public enum ForwardClientCertDetails {
    UNDEFINED,
    SANITIZE,
    FORWARD_ONLY,
    APPEND_FORWARD,
    SANITIZE_SET,
    ALWAYS_FORWARD_ONLY
}
