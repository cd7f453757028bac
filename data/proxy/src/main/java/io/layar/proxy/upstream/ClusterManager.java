package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.AssignmentCompiler;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.network.Services;
import io.layar.proxy.transport.UpstreamTransports;
import io.layar.proxy.worker.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All upstream clusters of the process: takes configurations and endpoints, and hands every worker its view.
 *
 * <p>A cluster is <em>warming</em> until it has its first endpoints and its hosts were checked once; only then workers see it. An update of a
 * cluster that workers see leaves the old version in use until the new one is warm. Endpoints that come over EDS change a cluster
 * without touching the pools of hosts that stay. Thread: main loop, except {@link #worker}.
 */
public final class ClusterManager {
    private final Services services;
    private final UpstreamTransports transports;
    private final EndpointSources sources;
    private final Map<String, ClusterEntry> active = new LinkedHashMap<>();
    private final Map<String, ClusterEntry> warming = new LinkedHashMap<>();
    private final Map<String, Assignment> lastAssignments = new HashMap<>();
    private final Locality self;
    private final Counter added;
    private final Counter modified;
    private final Counter removed;
    private final Gauge activeCount;
    private final Gauge warmingCount;
    private String localCluster = "";
    private final EventLogs events = new EventLogs();

    /** {@code services} holds {@link UpstreamTransports} and {@link ClientCodecs} already. */
    public ClusterManager(Services services) {
        this.services = services;
        this.transports = services.require(UpstreamTransports.class);
        this.sources = new EndpointSources(services);
        Services.Node node = services.node();
        this.self = new Locality(node.region(), node.zone(), node.subZone());
        StatsScope scope = services.stats().scope("cluster_manager.");
        added = scope.counter("cluster_added");
        modified = scope.counter("cluster_modified");
        removed = scope.counter("cluster_removed");
        activeCount = scope.gauge("active_clusters");
        warmingCount = scope.gauge("warming_clusters");
        activeCount.set(0);
        warmingCount.set(0);
    }

    /** Names the cluster that this proxy itself belongs to (bootstrap, {@code cluster_manager.local_cluster_name}). */
    public void localCluster(String name) {
        localCluster = name;
    }

    /** Where ejections are written (bootstrap, {@code cluster_manager.outlier_detection.event_log_path}). */
    public void outlierLog(String path) {
        events.outlierPath(path);
    }

    EventLogs events() {
        return events;
    }

    Services services() {
        return services;
    }

    EndpointSources sources() {
        return sources;
    }

    Locality self() {
        return self;
    }

    @Nullable PrioritySet localHosts() {
        ClusterEntry own = active.get(localCluster);
        return own == null ? null : own.hosts();
    }

    RuntimeValues runtime() {
        return services.runtime();
    }

    /** The view of one worker. Thread: that worker's event loop. */
    public WorkerClusters worker(Worker worker) {
        return view(worker);
    }

    private WorkerView view(Worker worker) {
        return worker.local(this, w -> new WorkerView(w, services.require(ClientCodecs.class)));
    }

    /**
     * Compiles a cluster without taking it over.
     *
     * <p>Errors: {@link ConfigRejected} with the path from the cluster on.
     */
    public void check(Cluster proto) {
        ClusterConfig.compile(proto);
        transports.compile(proto);
    }

    /**
     * Adds a cluster, or replaces the one of that name.
     *
     * <p>Errors: {@link ConfigRejected} with the path from the cluster on; what was there stays.
     *
     * @return false when it is the same as what is there
     */
    public boolean addOrUpdate(Cluster proto) {
        ClusterEntry warm = warming.get(proto.getName());
        ClusterEntry known = warm != null ? warm : active.get(proto.getName());
        if (known != null && known.proto().equals(proto)) {
            return false;
        }
        ClusterConfig config = ClusterConfig.compile(proto);
        if (!config.healthChecks().isEmpty()) {
            throw ConfigRejected.unsupported("health_checks", "active health checks");
        }
        StatsScope scope = services.stats().scope("cluster." + config.observabilityName() + ".");
        ClusterRuntime runtime = new ClusterRuntime(config, transports.compile(proto), scope, services.runtime());
        ClusterEntry entry = new ClusterEntry(proto, runtime, this);
        ClusterEntry replaced = warming.put(config.name(), entry);
        if (replaced != null) {
            replaced.close();
        }
        (active.containsKey(config.name()) ? modified : added).inc();
        entry.start();
        entry.whenInitialized(() -> activate(entry));
        giveKnownEndpoints(entry);
        count();
        return true;
    }

    private void giveKnownEndpoints(ClusterEntry entry) {
        if (entry.source() instanceof EdsSource eds) {
            Assignment last = lastAssignments.get(eds.serviceName());
            if (last != null) {
                eds.assign(last);
            }
        }
    }

    private void activate(ClusterEntry entry) {
        String name = entry.runtime().config().name();
        if (!warming.remove(name, entry)) {
            return;
        }
        ClusterEntry before = active.put(name, entry);
        if (before != null) {
            before.close();
        }
        Published published = entry.published();
        services.workers().onEach(worker -> view(worker).replace(entry.runtime(), published));
        count();
        refreshZones(entry);
    }

    private void refreshZones(ClusterEntry changed) {
        if (!localCluster.isEmpty() && changed.runtime().config().name().equals(localCluster)) {
            active.values().stream().filter(entry -> entry != changed).forEach(ClusterEntry::republish);
        }
    }

    private void count() {
        activeCount.set(active.size());
        warmingCount.set(warming.size());
    }

    /** Removes a cluster: streams on it go on to their end, its connections close. Tells whether there was one. */
    public boolean remove(String name) {
        ClusterEntry warm = warming.remove(name);
        ClusterEntry known = active.remove(name);
        if (warm != null) {
            warm.close();
        }
        if (known != null) {
            known.close();
            services.workers().onEach(worker -> view(worker).remove(name));
            services.stats().drop(known.runtime().scope());
        }
        if (warm == null && known == null) {
            return false;
        }
        removed.inc();
        count();
        return true;
    }

    /**
     * New endpoints for every cluster whose EDS service has that name.
     *
     * <p>Errors: {@link ConfigRejected} with the path from the assignment on; the endpoints stay as they were.
     */
    public void updateEndpoints(ClusterLoadAssignment proto) {
        Assignment assignment = AssignmentCompiler.compile(proto, false);
        lastAssignments.put(proto.getClusterName(), assignment);
        forEachEds(proto.getClusterName(), source -> source.assign(assignment));
    }

    /** An EDS service is gone (delta xDS): its clusters have no endpoints any more. */
    public void removeEndpoints(String serviceName) {
        lastAssignments.remove(serviceName);
        forEachEds(serviceName, source -> source.assign(Assignment.EMPTY));
    }

    /** No endpoints came within the initial fetch timeout: who waits for that service waits no longer. */
    public void endpointsTimedOut(String serviceName) {
        forEachEds(serviceName, EdsSource::timedOut);
    }

    private void forEachEds(String serviceName, Consumer<EdsSource> task) {
        List<ClusterEntry> all = new ArrayList<>(active.values());
        all.addAll(warming.values());
        for (ClusterEntry entry : all) {
            if (entry.source() instanceof EdsSource eds && eds.serviceName().equals(serviceName)) {
                task.accept(eds);
            }
        }
    }

    /** Runs {@code task} when every cluster that is warming now is warm. */
    public void whenWarm(Runnable task) {
        whenWarm(List.copyOf(warming.values()), task);
    }

    /** Like {@link #whenWarm(Runnable)}, without waiting for clusters whose endpoints come over EDS. */
    public void whenPrimaryWarm(Runnable task) {
        whenWarm(
                warming.values().stream().filter(entry -> !(entry.source() instanceof EdsSource)).toList(), task);
    }

    /** Runs {@code task} when the clusters of these names, as far as they are warming, are warm. */
    public void whenWarm(Iterable<String> names, Runnable task) {
        List<ClusterEntry> some = new ArrayList<>();
        for (String name : names) {
            ClusterEntry entry = warming.get(name);
            if (entry != null) {
                some.add(entry);
            }
        }
        whenWarm(some, task);
    }

    private static void whenWarm(List<ClusterEntry> entries, Runnable task) {
        int[] left = {entries.size()};
        if (left[0] == 0) {
            task.run();
        }
        for (ClusterEntry entry : entries) {
            entry.whenInitialized(() -> {
                if (--left[0] == 0) {
                    task.run();
                }
            });
        }
    }

    public boolean has(String name) {
        return active.containsKey(name);
    }

    /** The configurations of the clusters that workers see, in the order in which they came. */
    public List<Cluster> activeClusters() {
        return active.values().stream().map(ClusterEntry::proto).toList();
    }

    public List<Cluster> warmingClusters() {
        return warming.values().stream().map(ClusterEntry::proto).toList();
    }

    /** What the admin page {@code /clusters} shows, cluster by cluster. */
    public List<ClusterView> views() {
        return active.values().stream().map(ClusterView::of).toList();
    }

    /** Hands a change of hosts to the workers, if they see the cluster at all. */
    void publish(ClusterEntry entry, List<Host> gone) {
        String name = entry.runtime().config().name();
        if (active.get(name) == entry) {
            Published published = entry.published();
            services.workers().onEach(worker -> view(worker).publish(entry.runtime(), published, gone));
            refreshZones(entry);
        }
    }

    void onUnhealthy(ClusterEntry entry, Host host) {
        services.workers().onEach(worker -> view(worker).onUnhealthy(entry.runtime(), host));
    }
}
