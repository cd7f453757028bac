package io.layar.config.networking;

import io.layar.config.decode.Unsigned;

/** A port of a Sidecar listener. */
public record SidecarPort(
        @Unsigned int number,
        String protocol,
        String name,
        @Unsigned int targetPort) {}
