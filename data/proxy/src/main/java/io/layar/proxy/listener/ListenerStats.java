package io.layar.proxy.listener;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.Histogram;
import io.layar.proxy.core.stats.StatsScope;

/** Stats of one listener, under {@code listener.<address>.}. Thread: any. */
record ListenerStats(
        Counter total,
        Gauge active,
        Counter destroyed,
        Histogram lengthMillis,
        Counter overflow,
        Counter globalOverflow,
        Counter preTimeout,
        Gauge preActive,
        Counter noFilterChain,
        Counter filterError) {
    static ListenerStats of(StatsScope scope) {
        return new ListenerStats(
                scope.counter("downstream_cx_total"),
                scope.gauge("downstream_cx_active"),
                scope.counter("downstream_cx_destroy"),
                scope.histogram("downstream_cx_length_ms"),
                scope.counter("downstream_cx_overflow"),
                scope.counter("downstream_global_cx_overflow"),
                scope.counter("downstream_pre_cx_timeout"),
                scope.gauge("downstream_pre_cx_active"),
                scope.counter("no_filter_chain_match"),
                scope.counter("downstream_listener_filter_error"));
    }
}
