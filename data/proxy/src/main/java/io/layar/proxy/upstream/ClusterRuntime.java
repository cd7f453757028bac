package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.transport.UpstreamTransports;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all workers share of one cluster in one version of its configuration: transports, circuit breakers, stats.
 *
 * <p>Circuit breakers and traffic stats are made when first needed: a mesh has thousands of clusters that a proxy never calls.
 * Thread: any; a race makes equal objects, of which one wins.
 */
final class ClusterRuntime {
    private final ClusterConfig config;
    private final UpstreamTransports.ForCluster transports;
    private final StatsScope scope;
    private final RuntimeValues runtime;
    private final Lazy<ClusterStats> stats;
    private final Lazy<CircuitBreakers> breakers;
    private final Lazy<CircuitBreakers> highBreakers;

    ClusterRuntime(
            ClusterConfig config, UpstreamTransports.ForCluster transports, StatsScope scope, RuntimeValues runtime) {
        this.config = config;
        this.transports = transports;
        this.scope = scope;
        this.runtime = runtime;
        this.stats = new Lazy<>(() -> new ClusterStats(scope));
        this.breakers = new Lazy<>(() -> CircuitBreakers.of(
                config.circuitBreakers().defaultPriority(), Priority.DEFAULT, config.name(), scope, runtime));
        this.highBreakers = new Lazy<>(() ->
                CircuitBreakers.of(config.circuitBreakers().high(), Priority.HIGH, config.name(), scope, runtime));
    }

    ClusterConfig config() {
        return config;
    }

    UpstreamTransports.ForCluster transports() {
        return transports;
    }

    StatsScope scope() {
        return scope;
    }

    RuntimeValues runtime() {
        return runtime;
    }

    ClusterStats stats() {
        return stats.get();
    }

    /** True once somebody asked for traffic stats: the cluster was called. */
    boolean used() {
        return stats.isMade();
    }

    CircuitBreakers breakers(Priority priority) {
        return priority == Priority.HIGH ? highBreakers.get() : breakers.get();
    }

    /** A value made once, on first use. */
    private static final class Lazy<T> {
        private final Supplier<T> make;
        private final AtomicReference<@Nullable T> value = new AtomicReference<>();

        Lazy(Supplier<T> make) {
            this.make = make;
        }

        boolean isMade() {
            return value.get() != null;
        }

        T get() {
            T known = value.get();
            if (known != null) {
                return known;
            }
            T made = make.get();
            T winner = value.compareAndExchange(null, made);
            return winner == null ? made : winner;
        }
    }
}
