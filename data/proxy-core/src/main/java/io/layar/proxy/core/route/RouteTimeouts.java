package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.layar.proxy.core.config.Durations;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of a route.
 *
 * <p>Units: milliseconds; 0 is "no limit", {@link #UNSET} "not configured here".
 *
 * @param timeoutMillis whole request, from its end to the end of the answer
 * @param idleMillis stream without any byte
 * @param flushMillis stream whose peer takes no bytes
 * @param maxStreamMillis life of the stream
 * @param grpcHeader max_stream_duration's treatment of the grpc-timeout header, or null
 * @param legacyGrpc max_grpc_timeout with its offset, or null
 */
public record RouteTimeouts(
        long timeoutMillis,
        long idleMillis,
        long flushMillis,
        long maxStreamMillis,
        @Nullable GrpcTimeout grpcHeader,
        @Nullable GrpcTimeout legacyGrpc) {
    public static final long UNSET = -1;
    private static final long DEFAULT_TIMEOUT = 15_000;

    /** How the request's own grpc-timeout counts: capped at {@code maxMillis} (0: uncapped), shortened by the offset. */
    public record GrpcTimeout(long maxMillis, long offsetMillis) {}

    /** True when max_stream_duration is configured: the route's timeout does not count then. */
    public boolean usesMaxStreamDuration() {
        return maxStreamMillis != UNSET || grpcHeader != null;
    }

    static RouteTimeouts of(RouteAction proto) {
        RouteAction.MaxStreamDuration stream = proto.getMaxStreamDuration();
        return new RouteTimeouts(
                proto.hasTimeout() ? Durations.millis(proto.getTimeout()) : DEFAULT_TIMEOUT,
                proto.hasIdleTimeout() ? Durations.millis(proto.getIdleTimeout()) : UNSET,
                proto.hasFlushTimeout() ? Durations.millis(proto.getFlushTimeout()) : UNSET,
                stream.hasMaxStreamDuration() ? Durations.millis(stream.getMaxStreamDuration()) : UNSET,
                stream.hasGrpcTimeoutHeaderMax()
                        ? new GrpcTimeout(
                                Durations.millis(stream.getGrpcTimeoutHeaderMax()),
                                Durations.millis(stream.getGrpcTimeoutHeaderOffset()))
                        : null,
                legacy(proto));
    }

    @SuppressWarnings("deprecation") // still served by Envoy, and written by older control planes
    private static @Nullable GrpcTimeout legacy(RouteAction proto) {
        return proto.hasMaxGrpcTimeout()
                ? new GrpcTimeout(
                        Durations.millis(proto.getMaxGrpcTimeout()), Durations.millis(proto.getGrpcTimeoutOffset()))
                : null;
    }
}
