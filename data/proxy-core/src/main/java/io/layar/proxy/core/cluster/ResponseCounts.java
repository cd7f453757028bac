package io.layar.proxy.core.cluster;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The counters of answers by status: {@code upstream_rq_completed}, {@code upstream_rq_2xx}, {@code upstream_rq_200}, below an
 * optional prefix such as {@code external.}. Each is made when it first counts. Thread: any.
 */
public final class ResponseCounts {
    private static final int MAX_STATUS = 600;

    private final StatsScope scope;
    private final String prefix;
    private final AtomicReferenceArray<Counter> byStatus = new AtomicReferenceArray<>(MAX_STATUS);
    private final AtomicReferenceArray<Counter> byClass = new AtomicReferenceArray<>(MAX_STATUS / 100);
    private final Counter completed;

    public ResponseCounts(StatsScope scope, String prefix) {
        this.scope = scope;
        this.prefix = prefix;
        this.completed = scope.counter(prefix + "upstream_rq_completed");
    }

    public void charge(int status) {
        completed.inc();
        if (status < 100 || status >= MAX_STATUS) {
            return;
        }
        Counter ofClass = byClass.get(status / 100);
        if (ofClass == null) {
            ofClass = scope.counter(prefix + "upstream_rq_" + status / 100 + "xx");
            byClass.set(status / 100, ofClass);
        }
        ofClass.inc();
        Counter own = byStatus.get(status);
        if (own == null) {
            own = scope.counter(prefix + "upstream_rq_" + status);
            byStatus.set(status, own);
        }
        own.inc();
    }
}
