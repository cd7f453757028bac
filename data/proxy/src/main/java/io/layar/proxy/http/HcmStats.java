package io.layar.proxy.http;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.Histogram;
import io.layar.proxy.core.stats.StatsScope;

/** Counters of one connection manager, {@code http.PREFIX.}. Thread: any. */
final class HcmStats {
    final Counter connections;
    final Gauge activeConnections;
    final Counter destroyed;
    final Counter http1;
    final Counter http2;
    final Gauge http1Active;
    final Gauge http2Active;
    final Counter protocolErrors;
    final Counter connectionIdleTimeouts;
    final Counter connectionMaxDuration;
    final Counter drainCloses;
    final Counter maxRequestsReached;
    final Counter requests;
    final Counter requestsHttp1;
    final Counter requestsHttp2;
    final Gauge activeRequests;
    final Counter completed;
    final Histogram requestTime;
    final Histogram connectionTime;
    final Counter resets;
    final Counter idleTimeouts;
    final Counter flushTimeouts;
    final Counter maxDurations;
    final Counter requestTimeouts;
    final Counter headerTimeouts;
    final Counter tooLarge;
    final Counter responsesBeforeRequestComplete;
    final Counter nonRelativePaths;
    final Counter failedPathNormalization;
    final Counter upgrades;
    final Gauge activeUpgrades;
    private final Counter[] classes;

    HcmStats(StatsScope scope, StatsScope http2Codec) {
        connections = scope.counter("downstream_cx_total");
        activeConnections = scope.gauge("downstream_cx_active");
        destroyed = scope.counter("downstream_cx_destroy");
        http1 = scope.counter("downstream_cx_http1_total");
        http2 = scope.counter("downstream_cx_http2_total");
        http1Active = scope.gauge("downstream_cx_http1_active");
        http2Active = scope.gauge("downstream_cx_http2_active");
        protocolErrors = scope.counter("downstream_cx_protocol_error");
        connectionIdleTimeouts = scope.counter("downstream_cx_idle_timeout");
        connectionMaxDuration = scope.counter("downstream_cx_max_duration_reached");
        drainCloses = scope.counter("downstream_cx_drain_close");
        maxRequestsReached = scope.counter("downstream_cx_max_requests_reached");
        requests = scope.counter("downstream_rq_total");
        requestsHttp1 = scope.counter("downstream_rq_http1_total");
        requestsHttp2 = scope.counter("downstream_rq_http2_total");
        activeRequests = scope.gauge("downstream_rq_active");
        completed = scope.counter("downstream_rq_completed");
        requestTime = scope.histogram("downstream_rq_time");
        connectionTime = scope.histogram("downstream_cx_length_ms");
        resets = scope.counter("downstream_rq_rx_reset");
        idleTimeouts = scope.counter("downstream_rq_idle_timeout");
        flushTimeouts = http2Codec.counter("tx_flush_timeout");
        maxDurations = scope.counter("downstream_rq_max_duration_reached");
        requestTimeouts = scope.counter("downstream_rq_timeout");
        headerTimeouts = scope.counter("downstream_rq_header_timeout");
        tooLarge = scope.counter("downstream_rq_too_large");
        responsesBeforeRequestComplete = scope.counter("downstream_rq_response_before_rq_complete");
        nonRelativePaths = scope.counter("downstream_rq_non_relative_path");
        failedPathNormalization = scope.counter("downstream_rq_failed_path_normalization");
        upgrades = scope.counter("downstream_cx_upgrades_total");
        activeUpgrades = scope.gauge("downstream_cx_upgrades_active");
        classes = new Counter[] {
            scope.counter("downstream_rq_1xx"),
            scope.counter("downstream_rq_2xx"),
            scope.counter("downstream_rq_3xx"),
            scope.counter("downstream_rq_4xx"),
            scope.counter("downstream_rq_5xx")
        };
    }

    /** Counts a response that has been sent. */
    void response(int status) {
        completed.inc();
        int at = status / 100 - 1;
        if (at >= 0 && at < classes.length) {
            classes[at].inc();
        }
    }
}
