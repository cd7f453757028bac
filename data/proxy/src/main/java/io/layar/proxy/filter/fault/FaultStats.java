package io.layar.proxy.filter.fault;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;

/** {@code http.PREFIX.fault.…}. */
record FaultStats(Counter delays, Counter aborts, Counter overflow, Gauge active) {
    static FaultStats of(StatsScope scope) {
        return new FaultStats(
                scope.counter("fault.delays_injected"),
                scope.counter("fault.aborts_injected"),
                scope.counter("fault.faults_overflow"),
                scope.gauge("fault.active_faults"));
    }
}
