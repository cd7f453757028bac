package io.layar.proxy.core.outlier;

import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;

/** Counters {@code cluster.NAME.outlier_detection.…}. Thread: cluster thread. */
final class OutlierStats {
    private static final String PREFIX = "outlier_detection.";

    final Gauge active;
    private final StatsScope scope;

    OutlierStats(StatsScope scope) {
        this.scope = scope;
        this.active = scope.gauge(PREFIX + "ejections_active");
        active.set(0);
    }

    private void inc(String leaf) {
        scope.counter(PREFIX + leaf).inc();
    }

    void detected(EjectionType type) {
        inc("ejections_detected_" + type.text());
        // Two old counters live on beside the new ones.
        if (type == EjectionType.CONSECUTIVE_5XX || type == EjectionType.SUCCESS_RATE) {
            inc("ejections_" + type.text());
        }
    }

    void total() {
        inc("ejections_total");
    }

    void overflow() {
        inc("ejections_overflow");
    }

    void enforced(EjectionType type) {
        inc("ejections_enforced_" + type.text());
        inc("ejections_enforced_total");
    }
}
