package io.layar.config.networking;

import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A listener for traffic to the workload. */
public record IstioIngressListener(
        @Required @Nullable SidecarPort port,
        String bind,
        CaptureMode captureMode,
        String defaultEndpoint,
        @Nullable ServerTLSSettings tls,
        @Nullable ConnectionPoolSettings connectionPool) {}
