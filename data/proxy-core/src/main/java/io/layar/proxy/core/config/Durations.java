package io.layar.proxy.core.config;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;

/** Protobuf scalars with their defaults. Units: milliseconds or nanoseconds as the name says. */
public final class Durations {
    private Durations() {}

    public static long millis(Duration duration) {
        return duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
    }

    public static long nanos(Duration duration) {
        return duration.getSeconds() * 1_000_000_000L + duration.getNanos();
    }

    public static long millis(boolean present, Duration duration, long otherwise) {
        return present ? millis(duration) : otherwise;
    }

    /** The wrapper's value as an unsigned number, or {@code otherwise} when it is not there. */
    public static long unsigned(boolean present, UInt32Value value, long otherwise) {
        return present ? Integer.toUnsignedLong(value.getValue()) : otherwise;
    }
}
