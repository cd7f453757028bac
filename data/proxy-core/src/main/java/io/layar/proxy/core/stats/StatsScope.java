package io.layar.proxy.core.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * All stats below one prefix, such as {@code cluster.reviews.}; the same name gives the same object.
 *
 * <p>Thread: any. Looking a stat up costs a hash: do it when compiling, hold the object afterwards.
 */
public final class StatsScope {
    private final String prefix;
    private final Map<String, Object> stats = new ConcurrentHashMap<>(4);

    StatsScope(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    public Counter counter(String leaf) {
        return (Counter) stats.computeIfAbsent(leaf, n -> new Counter(new StatName(prefix, n)));
    }

    public Gauge gauge(String leaf) {
        return (Gauge) stats.computeIfAbsent("gauge:" + leaf, n -> new Gauge(new StatName(prefix, leaf)));
    }

    public Histogram histogram(String leaf) {
        return (Histogram) stats.computeIfAbsent("hist:" + leaf, n -> new Histogram(new StatName(prefix, leaf)));
    }

    /** Visits every {@link Counter}, {@link Gauge} and {@link Histogram} of this scope, in no order. */
    public void forEach(Consumer<Object> visitor) {
        stats.values().forEach(visitor);
    }
}
