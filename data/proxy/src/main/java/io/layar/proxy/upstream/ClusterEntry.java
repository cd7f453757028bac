package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostFacts;
import io.layar.proxy.core.cluster.Membership;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.lb.SharedBalancer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cluster in one version of its configuration as the main loop keeps it: its source of endpoints, members, health checks and outlier
 * detection; what it publishes goes to every worker.
 *
 * <p>Thread: main loop.
 */
final class ClusterEntry implements EndpointSource.Sink {
    private final ClusterRecord record;
    private final ClusterRuntime runtime;
    private final ClusterManager manager;
    private final Membership membership;
    private final MembershipStats stats;
    private final EndpointSource source;
    private final @Nullable Outliers outliers;
    private final @Nullable HostWatch checks;
    private final List<Runnable> waiting = new ArrayList<>();
    private Published published;
    private boolean assigned;
    private boolean initialized;
    private boolean closed;

    ClusterEntry(ClusterRecord record, ClusterRuntime runtime, ClusterManager manager) {
        this.record = record;
        this.runtime = runtime;
        this.manager = manager;
        this.stats = new MembershipStats(runtime.scope());
        ClusterConfig config = runtime.config();
        this.outliers = config.outlier() == null ? null : new Outliers(config.outlier(), this, manager);
        this.membership = new Membership(config, this::makeHost);
        this.checks = config.healthChecks().isEmpty()
                ? null
                : new HostWatch(config.healthChecks().get(0), this, manager);
        this.source = manager.sources().of(config);
        this.published = publishedOf(PrioritySet.EMPTY, Assignment.EMPTY);
    }

    private Host makeHost(HostFacts facts, int weight) {
        return new Host(facts, weight, outliers == null ? null : outliers.newState(), System.nanoTime());
    }

    void start() {
        source.start(this);
    }

    ClusterRecord record() {
        return record;
    }

    Cluster proto() {
        return record.proto();
    }

    ClusterRuntime runtime() {
        return runtime;
    }

    Published published() {
        return published;
    }

    EndpointSource source() {
        return source;
    }

    /** Runs {@code task} once the cluster has its first endpoints (or none are to be had) and its hosts were checked once. */
    void whenInitialized(Runnable task) {
        if (initialized) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    boolean initialized() {
        return initialized;
    }

    @Override
    public void assign(Assignment assignment) {
        if (closed) {
            return;
        }
        stats.updateAttempt.inc();
        Membership.Change change = membership.apply(assignment);
        if (!change.changed() && assigned) {
            stats.updateNoRebuild.inc();
            return;
        }
        stats.updateSuccess.inc();
        if (!change.added().isEmpty() || !change.removed().isEmpty()) {
            stats.membershipChange.inc();
        }
        change.added().forEach(host -> onHost(host, true));
        change.removed().forEach(host -> onHost(host, false));
        publish(change.removed());
        assigned = true;
        settle();
    }

    private void onHost(Host host, boolean added) {
        if (outliers != null) {
            if (added) {
                outliers.add(host);
            } else {
                outliers.remove(host);
            }
        }
        if (checks != null && !host.facts().activeHealthCheckDisabled()) {
            if (added) {
                checks.add(host);
            } else {
                checks.remove(host);
            }
        }
    }

    @Override
    public void failed() {
        stats.updateFailure.inc();
        assigned = true;
        settle();
    }

    /** Health checks have been through once, or there are none. */
    void settle() {
        boolean checking = checks != null && runtime.config().habits().waitForWarm() && !checks.firstRoundDone();
        if (initialized || !assigned || checking) {
            return;
        }
        initialized = true;
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    /** A host's health changed. */
    void onHealthChange(Host host) {
        List<Host> gone = List.of();
        if (host.health() == Host.Health.UNHEALTHY) {
            if (membership.dropIfPending(host)) {
                gone = List.of(host);
                onHost(host, false);
                stats.membershipChange.inc();
            } else {
                manager.onUnhealthy(this, host);
            }
        } else {
            host.healthyNanos(System.nanoTime());
        }
        publish(gone);
    }

    void onHealthCheckSuccess(Host host) {
        if (outliers != null) {
            outliers.onHealthCheckSuccess(host);
        }
    }

    PrioritySet hosts() {
        return published.hosts();
    }

    private void publish(List<Host> removed) {
        published = publishedOf(membership.snapshot(), membership.assignment());
        stats.report(published.hosts());
        manager.publish(this, removed);
    }

    /** The hosts of the cluster that this proxy belongs to have changed. */
    void republish() {
        published = publishedOf(published.hosts(), membership.assignment());
        manager.publish(this, List.of());
    }

    private Published publishedOf(PrioritySet hosts, Assignment assignment) {
        ClusterConfig config = runtime.config();
        double panic = runtime.runtime()
                .number("upstream.healthy_panic_threshold", config.lb().panicThreshold());
        return new Published(
                hosts,
                SharedBalancer.of(config.lb().policy(), hosts, panic),
                assignment.drops(),
                manager.self(),
                manager.localHosts());
    }

    void close() {
        closed = true;
        source.close();
        if (checks != null) {
            checks.close();
        }
        if (outliers != null) {
            outliers.close();
        }
    }
}
