package io.layar.proxy.router;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;

/** The router's own counters, {@code http.PREFIX.…}. */
record RouterStats(
        Counter noRoute,
        Counter noCluster,
        Counter redirect,
        Counter directResponse,
        Counter total,
        Counter resetAfterResponse,
        Redirects redirects) {

    record Redirects(Counter passed, Counter followed) {}

    static RouterStats of(StatsScope scope) {
        return new RouterStats(
                scope.counter("no_route"),
                scope.counter("no_cluster"),
                scope.counter("rq_redirect"),
                scope.counter("rq_direct_response"),
                scope.counter("rq_total"),
                scope.counter("rq_reset_after_downstream_response_started"),
                new Redirects(
                        scope.counter("passthrough_internal_redirect_total"),
                        scope.counter("upstream_internal_redirect_succeeded_total")));
    }
}
