package io.layar.config.kubernetes;

import io.layar.config.decode.Records;
import org.jspecify.annotations.Nullable;

/** A port of endpoints. */
public record EndpointPort(
        @Nullable String name,
        @Nullable Integer port,
        @Nullable String protocol,
        @Nullable String appProtocol) {
    public EndpointPort withName(@Nullable String name) {
        return Records.with(this, "name", name);
    }

    public EndpointPort withPort(@Nullable Integer port) {
        return Records.with(this, "port", port);
    }

    public EndpointPort withProtocol(@Nullable String protocol) {
        return Records.with(this, "protocol", protocol);
    }

    public EndpointPort withAppProtocol(@Nullable String appProtocol) {
        return Records.with(this, "appProtocol", appProtocol);
    }
}
