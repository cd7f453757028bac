package io.layar.proxy.core.cluster;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.Histogram;
import io.layar.proxy.core.stats.StatsScope;
import org.jspecify.annotations.Nullable;

/** Handles of the traffic stats of one cluster, {@code cluster.NAME.…}. Made when the first request comes. Thread: any. */
public final class ClusterStats {
    public final Counter cxTotal;
    public final Gauge cxActive;
    public final Counter cxHttp1Total;
    public final Counter cxHttp2Total;
    public final Counter cxConnectFail;
    public final Counter cxConnectTimeout;
    public final Counter cxConnectAttemptsExceeded;
    public final Counter cxConnectWithData;
    public final Counter cxIdleTimeout;
    public final Counter cxMaxDurationReached;
    public final Counter cxOverflow;
    public final Counter cxPoolOverflow;
    public final Counter cxDestroy;
    public final Counter cxDestroyLocal;
    public final Counter cxDestroyRemote;
    public final Counter cxDestroyWithActiveRq;
    public final Counter cxDestroyLocalWithActiveRq;
    public final Counter cxDestroyRemoteWithActiveRq;
    public final Counter cxCloseNotify;
    public final Counter cxNoneHealthy;
    public final Counter cxMaxRequests;
    public final Counter cxProtocolError;
    public final Counter cxRxBytesTotal;
    public final Counter cxTxBytesTotal;
    public final Gauge cxRxBytesBuffered;
    public final Gauge cxTxBytesBuffered;
    public final Histogram cxConnectMs;
    public final Histogram cxLengthMs;
    public final Counter rqTotal;
    public final Gauge rqActive;
    public final Counter rqPendingTotal;
    public final Gauge rqPendingActive;
    public final Counter rqPendingOverflow;
    public final Counter rqPendingFailureEject;
    public final Counter rqRxReset;
    public final Counter rqTxReset;
    public final Counter rqCancelled;
    public final Counter rqMaintenanceMode;
    public final Counter rqDropOverload;
    public final Counter rqTimeout;
    public final Counter rqPerTryTimeout;
    public final Counter rqPerTryIdleTimeout;
    public final Counter rqMaxDurationReached;
    public final Counter rqRetry;
    public final Counter rqRetrySuccess;
    public final Counter rqRetryOverflow;
    public final Counter rqRetryLimitExceeded;
    public final Counter rqRetryBackoffExponential;
    public final Counter rqRetryBackoffRatelimited;
    public final ResponseCounts responses;
    public final Histogram rqTime;
    public final Counter lbHealthyPanic;
    private final StatsScope scope;
    private volatile @Nullable ResponseCounts internalResponses;
    private volatile @Nullable ResponseCounts externalResponses;
    private volatile @Nullable ResponseCounts retriedResponses;

    public ClusterStats(StatsScope scope) {
        this.scope = scope;
        cxTotal = scope.counter("upstream_cx_total");
        cxActive = scope.gauge("upstream_cx_active");
        cxHttp1Total = scope.counter("upstream_cx_http1_total");
        cxHttp2Total = scope.counter("upstream_cx_http2_total");
        cxConnectFail = scope.counter("upstream_cx_connect_fail");
        cxConnectTimeout = scope.counter("upstream_cx_connect_timeout");
        cxConnectAttemptsExceeded = scope.counter("upstream_cx_connect_attempts_exceeded");
        cxConnectWithData = scope.counter("upstream_cx_connect_with_0_rtt");
        cxIdleTimeout = scope.counter("upstream_cx_idle_timeout");
        cxMaxDurationReached = scope.counter("upstream_cx_max_duration_reached");
        cxOverflow = scope.counter("upstream_cx_overflow");
        cxPoolOverflow = scope.counter("upstream_cx_pool_overflow");
        cxDestroy = scope.counter("upstream_cx_destroy");
        cxDestroyLocal = scope.counter("upstream_cx_destroy_local");
        cxDestroyRemote = scope.counter("upstream_cx_destroy_remote");
        cxDestroyWithActiveRq = scope.counter("upstream_cx_destroy_with_active_rq");
        cxDestroyLocalWithActiveRq = scope.counter("upstream_cx_destroy_local_with_active_rq");
        cxDestroyRemoteWithActiveRq = scope.counter("upstream_cx_destroy_remote_with_active_rq");
        cxCloseNotify = scope.counter("upstream_cx_close_notify");
        cxNoneHealthy = scope.counter("upstream_cx_none_healthy");
        cxMaxRequests = scope.counter("upstream_cx_max_requests");
        cxProtocolError = scope.counter("upstream_cx_protocol_error");
        cxRxBytesTotal = scope.counter("upstream_cx_rx_bytes_total");
        cxTxBytesTotal = scope.counter("upstream_cx_tx_bytes_total");
        cxRxBytesBuffered = scope.gauge("upstream_cx_rx_bytes_buffered");
        cxTxBytesBuffered = scope.gauge("upstream_cx_tx_bytes_buffered");
        cxConnectMs = scope.histogram("upstream_cx_connect_ms");
        cxLengthMs = scope.histogram("upstream_cx_length_ms");
        rqTotal = scope.counter("upstream_rq_total");
        rqActive = scope.gauge("upstream_rq_active");
        rqPendingTotal = scope.counter("upstream_rq_pending_total");
        rqPendingActive = scope.gauge("upstream_rq_pending_active");
        rqPendingOverflow = scope.counter("upstream_rq_pending_overflow");
        rqPendingFailureEject = scope.counter("upstream_rq_pending_failure_eject");
        rqRxReset = scope.counter("upstream_rq_rx_reset");
        rqTxReset = scope.counter("upstream_rq_tx_reset");
        rqCancelled = scope.counter("upstream_rq_cancelled");
        rqMaintenanceMode = scope.counter("upstream_rq_maintenance_mode");
        rqDropOverload = scope.counter("upstream_rq_drop_overload");
        rqTimeout = scope.counter("upstream_rq_timeout");
        rqPerTryTimeout = scope.counter("upstream_rq_per_try_timeout");
        rqPerTryIdleTimeout = scope.counter("upstream_rq_per_try_idle_timeout");
        rqMaxDurationReached = scope.counter("upstream_rq_max_duration_reached");
        rqRetry = scope.counter("upstream_rq_retry");
        rqRetrySuccess = scope.counter("upstream_rq_retry_success");
        rqRetryOverflow = scope.counter("upstream_rq_retry_overflow");
        rqRetryLimitExceeded = scope.counter("upstream_rq_retry_limit_exceeded");
        rqRetryBackoffExponential = scope.counter("upstream_rq_retry_backoff_exponential");
        rqRetryBackoffRatelimited = scope.counter("upstream_rq_retry_backoff_ratelimited");
        responses = new ResponseCounts(scope, "");
        rqTime = scope.histogram("upstream_rq_time");
        lbHealthyPanic = scope.counter("lb_healthy_panic");
    }

    /** {@code internal.…} or {@code external.…}. */
    public ResponseCounts responses(boolean internal) {
        ResponseCounts side = internal ? internalResponses : externalResponses;
        if (side == null) {
            side = new ResponseCounts(scope, internal ? "internal." : "external.");
            if (internal) {
                internalResponses = side;
            } else {
                externalResponses = side;
            }
        }
        return side;
    }

    /** {@code retry.…}: answers that led to another attempt. */
    public ResponseCounts retried() {
        ResponseCounts counts = retriedResponses;
        if (counts == null) {
            counts = new ResponseCounts(scope, "retry.");
            retriedResponses = counts;
        }
        return counts;
    }

    /** For stats with names of their own ({@code upstream_rq_200}, {@code external.upstream_rq_2xx}, zones): hold what it gives. */
    public StatsScope scope() {
        return scope;
    }
}
