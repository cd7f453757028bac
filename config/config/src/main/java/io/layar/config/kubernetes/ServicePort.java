package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A port of a service. */
public record ServicePort(
        String name,
        String protocol,
        @Nullable String appProtocol,
        int port,
        @Nullable IntOrString targetPort,
        int nodePort) {}
