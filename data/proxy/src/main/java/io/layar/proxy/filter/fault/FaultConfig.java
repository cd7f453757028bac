package io.layar.proxy.filter.fault;

import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.route.RuntimeFraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests get which faults. Thread: any (immutable).
 *
 * <p>Not done, and refused: {@code response_rate_limit}, {@code filter_metadata}.
 *
 * @param maxActive how many faults at a time at most
 */
record FaultConfig(@Nullable Delay delay, @Nullable Abort abort, Scope scope, long maxActive, String maxActiveRuntime) {
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** {@code byHeader}: the request itself says how long. */
    record Delay(boolean byHeader, long millis, String millisRuntime, RuntimeFraction share) {}

    /** {@code status} or {@code grpcStatus} is -1 where not configured. */
    record Abort(boolean byHeader, Codes codes, RuntimeFraction share) {}

    record Codes(int status, int grpcStatus, String statusRuntime, String grpcRuntime) {}

    /** The requests concerned; an empty text or list is no restriction. */
    record Scope(String upstreamCluster, List<HeaderMatcher> headers, List<String> downstreamNodes) {}

    static FaultConfig compile(HTTPFault proto) {
        Fields.refuse(proto, "", "response_rate_limit", "filter_metadata");
        return new FaultConfig(
                proto.hasDelay() ? delay(proto) : null,
                proto.hasAbort() ? abort(proto) : null,
                new Scope(
                        proto.getUpstreamCluster(),
                        HeaderMatcher.compileAll(proto.getHeadersList(), "headers"),
                        proto.getDownstreamNodesList()),
                Durations.unsigned(proto.hasMaxActiveFaults(), proto.getMaxActiveFaults(), UNLIMITED),
                orElse(proto.getMaxActiveFaultsRuntime(), "fault.http.max_active_faults"));
    }

    private static Delay delay(HTTPFault proto) {
        FaultDelay delay = proto.getDelay();
        boolean byHeader = switch (delay.getFaultDelaySecifierCase()) {
            case FIXED_DELAY -> false;
            case HEADER_DELAY -> true;
            case FAULTDELAYSECIFIER_NOT_SET ->
                throw new ConfigRejected("delay.fault_delay_secifier", "value is required");
        };
        String runtime = orElse(proto.getDelayPercentRuntime(), "fault.http.delay.fixed_delay_percent");
        return new Delay(
                byHeader,
                Durations.millis(delay.getFixedDelay()),
                orElse(proto.getDelayDurationRuntime(), "fault.http.delay.fixed_duration_ms"),
                new RuntimeFraction(runtime, RuntimeFraction.fraction(delay.getPercentage())));
    }

    private static Abort abort(HTTPFault proto) {
        FaultAbort abort = proto.getAbort();
        boolean byHeader = switch (abort.getErrorTypeCase()) {
            case HTTP_STATUS, GRPC_STATUS -> false;
            case HEADER_ABORT -> true;
            case ERRORTYPE_NOT_SET -> throw new ConfigRejected("abort.error_type", "value is required");
        };
        if (abort.hasHttpStatus() && (abort.getHttpStatus() < 200 || abort.getHttpStatus() >= 600)) {
            throw new ConfigRejected("abort.http_status", "value must be inside range [200, 600)");
        }
        Codes codes = new Codes(
                abort.hasHttpStatus() ? abort.getHttpStatus() : -1,
                abort.hasGrpcStatus() ? abort.getGrpcStatus() : -1,
                orElse(proto.getAbortHttpStatusRuntime(), "fault.http.abort.http_status"),
                orElse(proto.getAbortGrpcStatusRuntime(), "fault.http.abort.grpc_status"));
        String runtime = orElse(proto.getAbortPercentRuntime(), "fault.http.abort.abort_percent");
        return new Abort(
                byHeader, codes, new RuntimeFraction(runtime, RuntimeFraction.fraction(abort.getPercentage())));
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
