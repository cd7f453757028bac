package io.layar.proxy.core.cluster;

import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.Gauge;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A resource with a fixed limit, which runtime may override, and gauges that tell when it is used up. Thread: any. */
final class CountedResource implements Resource {
    private final AtomicLong count = new AtomicLong();
    private final long limit;
    private final String runtimeKey;
    private final RuntimeValues runtime;
    private final Gauge open;
    private final @Nullable Gauge remaining;

    CountedResource(long limit, String runtimeKey, RuntimeValues runtime, Gauge open, @Nullable Gauge remaining) {
        this.limit = limit;
        this.runtimeKey = runtimeKey;
        this.runtime = runtime;
        this.open = open;
        this.remaining = remaining;
        report(0);
        if (limit == 0) {
            open.set(1);
        }
    }

    @Override
    public boolean canCreate() {
        return count.get() < max();
    }

    @Override
    public void inc() {
        long now = count.incrementAndGet();
        if (now >= limit) {
            open.set(now >= max() ? 1 : 0);
        }
        report(now);
    }

    @Override
    public void dec() {
        long now = count.decrementAndGet();
        if (now + 1 >= limit) {
            open.set(now >= max() ? 1 : 0);
        }
        report(now);
    }

    private void report(long now) {
        if (remaining != null) {
            remaining.set(Math.max(0, max() - now));
        }
    }

    @Override
    public long count() {
        return count.get();
    }

    @Override
    public long max() {
        return runtime.all().isEmpty() ? limit : runtime.integer(runtimeKey, limit);
    }
}
