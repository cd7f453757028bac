package io.layar.config.kubernetes;

import io.layar.config.decode.Records;
import org.jspecify.annotations.Nullable;

/** A port of a service. */
public record ServicePort(
        String name,
        String protocol,
        @Nullable String appProtocol,
        int port,
        @Nullable IntOrString targetPort,
        int nodePort) {
    public ServicePort withName(String name) {
        return Records.with(this, "name", name);
    }

    public ServicePort withProtocol(String protocol) {
        return Records.with(this, "protocol", protocol);
    }

    public ServicePort withAppProtocol(@Nullable String appProtocol) {
        return Records.with(this, "appProtocol", appProtocol);
    }

    public ServicePort withPort(int port) {
        return Records.with(this, "port", port);
    }

    public ServicePort withTargetPort(@Nullable IntOrString targetPort) {
        return Records.with(this, "targetPort", targetPort);
    }

    public ServicePort withNodePort(int nodePort) {
        return Records.with(this, "nodePort", nodePort);
    }
}
