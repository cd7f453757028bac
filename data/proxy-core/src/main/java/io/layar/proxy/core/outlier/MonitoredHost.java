package io.layar.proxy.core.outlier;

import io.layar.proxy.core.cluster.Host;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What outlier detection knows of one host: counts that workers raise, and its ejections, which belong to the cluster thread.
 *
 * <p>Thread: {@code onResponse} and {@code onResult} any; the rest cluster thread.
 */
public final class MonitoredHost implements HostOutlierState {
    private final OutlierConfig config;
    private final BiConsumer<MonitoredHost, EjectionType> whenReached;
    private final AtomicInteger fiveXx = new AtomicInteger();
    private final AtomicInteger gateway = new AtomicInteger();
    private final AtomicInteger localOrigin = new AtomicInteger();
    final Rate external = new Rate();
    final Rate local = new Rate();

    @Nullable
    Host host;

    long ejectedAtNanos;
    long lastActionNanos = -1;
    long backoff;
    long jitterMillis;
    long ejections;

    /** {@code whenReached} is called, on the reporting thread, when a count of consecutive failures reaches its limit. */
    MonitoredHost(OutlierConfig config, BiConsumer<MonitoredHost, EjectionType> whenReached) {
        this.config = config;
        this.whenReached = whenReached;
    }

    /** Requests and successes of one interval. Thread: any. */
    static final class Rate {
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong successes = new AtomicLong();
        long volume;
        double percent = -1;

        void count(boolean success) {
            requests.getAndIncrement();
            if (success) {
                successes.getAndIncrement();
            }
        }

        /** Ends an interval. */
        void roll() {
            volume = requests.getAndSet(0);
            long good = successes.getAndSet(0);
            percent = volume == 0 ? -1 : 100.0 * good / volume;
        }
    }

    @Override
    public void onResponse(int status) {
        boolean success = status < 500;
        external.count(success);
        if (success) {
            clear(fiveXx);
            clear(gateway);
            return;
        }
        if (status == 502 || status == 503 || status == 504) {
            count(gateway, config.gateway().count(), EjectionType.CONSECUTIVE_GATEWAY_FAILURE);
        } else {
            clear(gateway);
        }
        count(fiveXx, config.fiveXx().count(), EjectionType.CONSECUTIVE_5XX);
    }

    private static void clear(AtomicInteger count) {
        if (count.get() != 0) {
            count.set(0);
        }
    }

    private void count(AtomicInteger count, long limit, EjectionType type) {
        if (count.incrementAndGet() == limit) {
            whenReached.accept(this, type);
        }
    }

    @Override
    public void onResult(OutlierResult result) {
        if (config.splitLocalOrigin()) {
            split(result);
            return;
        }
        switch (result) {
            case EXT_ORIGIN_REQUEST_SUCCESS, LOCAL_ORIGIN_CONNECT_SUCCESS_FINAL -> onResponse(200);
            case LOCAL_ORIGIN_TIMEOUT -> onResponse(504);
            case LOCAL_ORIGIN_CONNECT_FAILED -> onResponse(503);
            case EXT_ORIGIN_REQUEST_FAILED -> onResponse(500);
            case LOCAL_ORIGIN_CONNECT_SUCCESS -> {}
        }
    }

    private void split(OutlierResult result) {
        switch (result) {
            case EXT_ORIGIN_REQUEST_SUCCESS -> onResponse(200);
            case EXT_ORIGIN_REQUEST_FAILED -> onResponse(500);
            case LOCAL_ORIGIN_CONNECT_SUCCESS, LOCAL_ORIGIN_CONNECT_SUCCESS_FINAL -> {
                local.count(true);
                clear(localOrigin);
            }
            case LOCAL_ORIGIN_TIMEOUT, LOCAL_ORIGIN_CONNECT_FAILED -> {
                local.count(false);
                count(localOrigin, config.localOrigin().count(), EjectionType.CONSECUTIVE_LOCAL_ORIGIN_FAILURE);
            }
        }
    }

    void reset(EjectionType type) {
        switch (type) {
            case CONSECUTIVE_5XX -> fiveXx.set(0);
            case CONSECUTIVE_GATEWAY_FAILURE -> gateway.set(0);
            case CONSECUTIVE_LOCAL_ORIGIN_FAILURE -> localOrigin.set(0);
            case SUCCESS_RATE, SUCCESS_RATE_LOCAL_ORIGIN, FAILURE_PERCENTAGE, FAILURE_PERCENTAGE_LOCAL_ORIGIN -> {}
        }
    }

    void resetAll() {
        fiveXx.set(0);
        gateway.set(0);
        localOrigin.set(0);
    }

    /** Per cent of the last interval, or -1 without enough requests. */
    public double successRate() {
        return external.percent;
    }

    public double localOriginSuccessRate() {
        return local.percent;
    }
}
