package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A listener for traffic from the workload, with the hosts that it sees. */
public record IstioEgressListener(
        @Nullable SidecarPort port,
        String bind,
        CaptureMode captureMode,
        @Required ImmutableList<String> hosts) {}
