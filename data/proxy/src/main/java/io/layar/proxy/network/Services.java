package io.layar.proxy.network;

import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import io.layar.proxy.worker.Workers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a running proxy by their type, wired once in {@code server.ServerWiring}: cluster manager, route configurations, access logs, secrets.
 *
 * <p>Thread: any; written only while the process starts.
 */
public final class Services {
    private final StatsStore stats;
    private final RuntimeValues runtime;
    private final Workers workers;
    private final Node node;
    private final List<Runnable> exitTasks = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();

    /** Who this proxy is. Shape: {@code locality} parts may be empty. */
    public record Node(String id, String cluster, String region, String zone, String subZone) {}

    public Services(StatsStore stats, RuntimeValues runtime, Workers workers, Node node) {
        this.stats = stats;
        this.runtime = runtime;
        this.workers = workers;
        this.node = node;
    }

    public StatsStore stats() {
        return stats;
    }

    public RuntimeValues runtime() {
        return runtime;
    }

    public Workers workers() {
        return workers;
    }

    public Node node() {
        return node;
    }

    /** Has {@code task} run when the process ends, after all connections are closed: logs write what they hold. */
    public void atExit(Runnable task) {
        exitTasks.add(task);
    }

    /** Runs what {@link #atExit} collected. Thread: main. */
    public void runExitTasks() {
        exitTasks.forEach(Runnable::run);
    }

    /** Adds a part under its type. */
    public <T> void provide(Class<T> type, T part) {
        parts.put(type, part);
    }

    /** The part of that type. Errors: IllegalStateException where none was provided: a fault of the wiring. */
    public <T> T require(Class<T> type) {
        T part = find(type);
        if (part == null) {
            throw new IllegalStateException("no " + type.getName() + " in this proxy");
        }
        return part;
    }

    public <T> @Nullable T find(Class<T> type) {
        return type.cast(parts.get(type));
    }
}
