package io.layar.config.mesh;

import io.layar.config.decode.Number;

/** How a proxy authenticates the control plane. */
public enum AuthenticationPolicy {
    NONE,
    MUTUAL_TLS,
    @Number(1000)
    INHERIT
}
