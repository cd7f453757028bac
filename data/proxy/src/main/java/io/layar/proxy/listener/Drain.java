package io.layar.proxy.listener;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Whether connections should end: more and more of them over the drain time, or all at once when the whole process says so.
 *
 * <p>Thread: any.
 */
public final class Drain implements BooleanSupplier {
    private final BooleanSupplier outer;
    private volatile long startNanos;
    private volatile long nanos;
    private volatile boolean started;

    public Drain(BooleanSupplier outer) {
        this.outer = outer;
    }

    /** Begins. With {@code millis} 0 everything drains at once. */
    public void start(long millis) {
        nanos = millis * 1_000_000;
        startNanos = System.nanoTime();
        started = true;
    }

    public boolean started() {
        return started;
    }

    /** Asked once per response: true with a probability that grows to one over the drain time. */
    @Override
    public boolean getAsBoolean() {
        if (outer.getAsBoolean()) {
            return true;
        }
        if (!started) {
            return false;
        }
        long elapsed = System.nanoTime() - startNanos;
        return elapsed >= nanos || ThreadLocalRandom.current().nextLong(nanos) < elapsed;
    }
}
