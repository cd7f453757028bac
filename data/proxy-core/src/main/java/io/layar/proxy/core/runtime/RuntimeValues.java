package io.layar.proxy.core.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merged view of all runtime layers. Hold the {@code RuntimeValues}, not what it answers: an admin change shows at once.
 *
 * <p>Shape: keys as Envoy writes them, {@code envoy.resource_limits.listener.a.connection_limit}; values are numbers, booleans, text or
 * fractional percents. Thread: any.
 */
public final class RuntimeValues {
    /** A fraction as Envoy's FractionalPercent has it. Shape: {@code denominator} is 100, 10000 or 1000000. */
    public record Fraction(long numerator, long denominator) {
        /** Decides with a random number of 64 bits, taken as unsigned. */
        public boolean chooses(long random) {
            return Long.remainderUnsigned(random, denominator) < numerator;
        }
    }

    private volatile Map<String, Object> merged = Map.of();

    /** Replaces all values. Values are {@link Long}, {@link Double}, {@link Boolean}, {@link String} or {@link Fraction}. */
    public void replace(Map<String, Object> values) {
        merged = Map.copyOf(values);
    }

    public Map<String, Object> all() {
        return merged;
    }

    public @Nullable Object get(String key) {
        return merged.get(key);
    }

    public long integer(String key, long otherwise) {
        return merged.get(key) instanceof Number n ? n.longValue() : otherwise;
    }

    public double number(String key, double otherwise) {
        return merged.get(key) instanceof Number n ? n.doubleValue() : otherwise;
    }

    public boolean bool(String key, boolean otherwise) {
        return merged.get(key) instanceof Boolean b ? b : otherwise;
    }

    /** Decides by the fraction under {@code key} (a plain number counts as per cent), or else by {@code otherwise}. */
    public boolean featureEnabled(String key, Fraction otherwise, long random) {
        return switch (key.isEmpty() ? null : merged.get(key)) {
            case Fraction f -> f.chooses(random);
            case Number n -> new Fraction(n.longValue(), 100).chooses(random);
            case null, default -> otherwise.chooses(random);
        };
    }
}
