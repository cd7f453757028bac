package io.layar.config.kubernetes;

import org.jspecify.annotations.Nullable;

/** A port of endpoints. */
public record EndpointPort(
        @Nullable String name,
        @Nullable Integer port,
        @Nullable String protocol,
        @Nullable String appProtocol) {}
