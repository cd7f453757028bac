package io.layar.proxy.core.stats;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A distribution of whole numbers with two significant decimal digits, as Envoy's log-linear histograms keep it.
 *
 * <p>Units: whatever the name says, mostly milliseconds. Buckets come into being decade by decade, when first needed. Thread: any.
 */
public final class Histogram {
    private static final int DECADES = 19;
    private static final int PER_DECADE = 90;

    private final StatName name;
    private final AtomicReferenceArray<AtomicLongArray> decades = new AtomicReferenceArray<>(DECADES);

    Histogram(StatName name) {
        this.name = name;
    }

    public StatName name() {
        return name;
    }

    /** Records one value; negative ones count as zero. */
    public void record(long value) {
        long mantissa = Math.max(0, value);
        if (mantissa < 100) {
            // Decade 0 holds 0..9 one by one in its first ten places, decade 1 holds 10..99.
            decade(mantissa < 10 ? 0 : 1).incrementAndGet((int) (mantissa < 10 ? mantissa : mantissa - 10));
            return;
        }
        int decade = 1;
        while (mantissa >= 100) {
            mantissa /= 10;
            decade++;
        }
        decade(decade).incrementAndGet((int) mantissa - 10);
    }

    private AtomicLongArray decade(int index) {
        AtomicLongArray buckets = decades.get(index);
        if (buckets == null) {
            decades.compareAndSet(index, null, new AtomicLongArray(PER_DECADE));
            buckets = decades.get(index);
        }
        return buckets;
    }

    /** Visits the buckets that hold something, in ascending order. */
    public void forEach(BucketVisitor visitor) {
        long width = 1;
        for (int d = 0; d < DECADES; d++) {
            AtomicLongArray buckets = decades.get(d);
            for (int i = 0; buckets != null && i < PER_DECADE; i++) {
                long count = buckets.get(i);
                if (count > 0) {
                    long lower = d == 0 ? i : (i + 10) * width;
                    visitor.bucket(lower, d == 0 && i == 0 ? 0 : width, count);
                }
            }
            width = d == 0 ? 1 : width * 10;
        }
    }

    public boolean isEmpty() {
        for (int d = 0; d < DECADES; d++) {
            if (decades.get(d) != null) {
                return false;
            }
        }
        return true;
    }

    public void reset() {
        for (int d = 0; d < DECADES; d++) {
            decades.set(d, null);
        }
    }

    /** Gets one bucket: values in [lower, lower + width), {@code count} of them. */
    @FunctionalInterface
    public interface BucketVisitor {
        void bucket(long lower, long width, long count);
    }
}
