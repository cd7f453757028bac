package io.layar.xds.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: drawn evenly from zero to a bound that doubles from {@code base} up to {@code most}.
 *
 * <p>Thread: one at a time.
 */
public final class BackOff {
    private final Duration base;
    private final Duration most;
    private final RandomGenerator random;
    private int attempts;

    public BackOff(Duration base, Duration most, RandomGenerator random) {
        this.base = base;
        this.most = most;
        this.random = random;
    }

    /** Envoy's own for a management server: from half a second to thirty. */
    public static BackOff ofEnvoy(RandomGenerator random) {
        return new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30), random);
    }

    public Duration next() {
        long bound = Math.min(most.toMillis(), base.toMillis() << Math.min(attempts, 16));
        attempts++;
        return Duration.ofMillis(random.nextLong(Math.max(1, bound)));
    }

    public void reset() {
        attempts = 0;
    }
}
