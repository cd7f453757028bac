package io.layar.base;

import java.time.Clock;
import java.time.Instant;

/**
 * The only clock: everything that needs time takes one, so that a test can hold it still.
 *
 * <p>Units: {@link #nanos} is monotonic nanoseconds from an arbitrary origin. Thread: any.
 */
public interface Ticker {
    long nanos();

    Instant now();

    /** The clock of the machine. */
    static Ticker system() {
        var clock = Clock.systemUTC();
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return clock.instant();
            }
        };
    }
}
