package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** A listener for traffic to the workload. */
public record IstioIngressListener(
        @Nullable SidecarPort port,
        String bind,
        CaptureMode captureMode,
        String defaultEndpoint,
        @Nullable ServerTLSSettings tls,
        @Nullable ConnectionPoolSettings connectionPool) {}
