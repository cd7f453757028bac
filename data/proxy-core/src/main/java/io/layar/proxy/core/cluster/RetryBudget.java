package io.layar.proxy.core.cluster;

import io.layar.proxy.core.runtime.RuntimeValues;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Retries as a share of the requests that are active or waiting, with a minimum that is always allowed.
 *
 * <p>Units: per cent. Thread: any.
 */
final class RetryBudget implements Resource {
    private final AtomicLong count = new AtomicLong();
    private final Resource requests;
    private final Resource pending;
    private final double percent;
    private final long minimum;
    private final String runtimePrefix;
    private final RuntimeValues runtime;

    RetryBudget(
            Resource requests,
            Resource pending,
            double percent,
            long minimum,
            String runtimePrefix,
            RuntimeValues runtime) {
        this.requests = requests;
        this.pending = pending;
        this.percent = percent;
        this.minimum = minimum;
        this.runtimePrefix = runtimePrefix;
        this.runtime = runtime;
    }

    @Override
    public boolean canCreate() {
        return count.get() < max();
    }

    @Override
    public void inc() {
        count.incrementAndGet();
    }

    @Override
    public void dec() {
        count.decrementAndGet();
    }

    @Override
    public long count() {
        return count.get();
    }

    @Override
    public long max() {
        double share = runtime.number(runtimePrefix + "retry_budget.budget_percent", percent) / 100.0;
        long least = runtime.integer(runtimePrefix + "retry_budget.min_retry_concurrency", minimum);
        return Math.max(least, (long) (share * (requests.count() + pending.count())));
    }
}
