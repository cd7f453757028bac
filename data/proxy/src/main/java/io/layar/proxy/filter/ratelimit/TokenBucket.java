package io.layar.proxy.filter.ratelimit;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A bucket that fills steadily; all workers draw from it without a lock.
 *
 * <p>Shape: kept as the moment at which the bucket was empty, so that its content is "time since then" times the rate.
 * Thread: any.
 */
final class TokenBucket {
    private final long maxTokens;
    private final double tokensPerNano;
    private final LongSupplier clock;
    private final AtomicLong emptyAt;

    /** {@code clock} counts nanoseconds. The bucket begins full. */
    TokenBucket(long maxTokens, double tokensPerNano, LongSupplier clock) {
        this.maxTokens = maxTokens;
        this.tokensPerNano = tokensPerNano;
        this.clock = clock;
        this.emptyAt = new AtomicLong(clock.getAsLong() - nanosOf(maxTokens));
    }

    static TokenBucket of(io.envoyproxy.envoy.type.v3.TokenBucket proto, String field) {
        long interval = Durations.nanos(proto.getFillInterval());
        if (proto.getMaxTokens() == 0) {
            throw new ConfigRejected(field + ".max_tokens", "value must be greater than 0");
        }
        if (interval < 50_000_000) {
            throw new ConfigRejected(
                    field + ".fill_interval", "local rate limit token bucket fill timer must be >= 50ms");
        }
        long perFill = Durations.unsigned(proto.hasTokensPerFill(), proto.getTokensPerFill(), 1);
        return new TokenBucket(
                Integer.toUnsignedLong(proto.getMaxTokens()), (double) perFill / interval, System::nanoTime);
    }

    /** Takes that many tokens, or none when there are too few. */
    boolean take(long tokens) {
        long price = nanosOf(tokens);
        while (true) {
            long now = clock.getAsLong();
            long known = emptyAt.get();
            long from = Math.max(known, now - nanosOf(maxTokens));
            if (from + price - now > 0) {
                return false;
            }
            if (emptyAt.compareAndSet(known, from + price)) {
                return true;
            }
        }
    }

    long maxTokens() {
        return maxTokens;
    }

    /** Whole tokens in the bucket now. */
    long remaining() {
        double content = (clock.getAsLong() - emptyAt.get()) * tokensPerNano;
        return Math.clamp((long) (content + 1e-6), 0, maxTokens);
    }

    /** Seconds until there is a token again, rounded up; 0 while there is one. */
    long secondsToNext() {
        long missing = emptyAt.get() + nanosOf(1) - clock.getAsLong();
        return missing <= 0 ? 0 : (missing + 999_999_999) / 1_000_000_000;
    }

    private long nanosOf(long tokens) {
        return (long) Math.ceil(tokens / tokensPerNano);
    }
}
