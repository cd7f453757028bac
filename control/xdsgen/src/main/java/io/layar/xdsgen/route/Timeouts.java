package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.layar.xdsgen.envoy.Protos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timeout of an outbound route: none unless the VirtualService sets one. */
final class Timeouts {
    private Timeouts() {}

    /** Also bounds the caller's {@code grpc-timeout}, by the older field: its successor behaves differently. */
    @SuppressWarnings("deprecation")
    static void apply(@Nullable Duration timeout, RouteAction.Builder action) {
        com.google.protobuf.Duration limit = timeout == null ? Protos.ZERO : Protos.duration(timeout);
        action.setTimeout(limit).setMaxGrpcTimeout(limit);
    }
}
