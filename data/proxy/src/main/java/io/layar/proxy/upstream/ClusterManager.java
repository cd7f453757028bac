package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.http.KnownClusters;
import io.layar.proxy.network.Services;
import io.layar.proxy.transport.UpstreamTransports;
import io.layar.proxy.worker.Worker;
import io.layar.proxy.xds.ClusterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All upstream clusters of the process: takes configurations and endpoints, and hands every worker its view.
 *
 * <p>A cluster is <em>warming</em> until it has its first endpoints and its hosts were checked once; only then workers see it. An update of a
 * cluster that workers see leaves the old version in use until the new one is warm. Endpoints that come over EDS change a cluster
 * without touching the pools of hosts that stay. Thread: main loop, except {@link #worker}.
 */
public final class ClusterManager implements Clusters, ClusterRegistry, KnownClusters {
    private final Services services;
    private final UpstreamTransports transports;
    private final EndpointSources sources;
    private final Map<String, ClusterEntry> active = new LinkedHashMap<>();
    private final Map<String, ClusterEntry> warming = new LinkedHashMap<>();
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

    @Nullable
    PrioritySet localHosts() {
        ClusterEntry own = active.get(localCluster);
        return own == null ? null : own.hosts();
    }

    RuntimeValues runtime() {
        return services.runtime();
    }

    /** The view of one worker. Thread: that worker's event loop. */
    @Override
    public WorkerClusters worker(Worker worker) {
        return view(worker);
    }

    private WorkerView view(Worker worker) {
        return worker.local(this, w -> new WorkerView(w, services.require(ClientCodecs.class)));
    }

    @Override
    public void addOrUpdate(Cluster proto, String version) {
        put(proto, version);
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
    public boolean put(Cluster proto, String version) {
        ClusterEntry warm = warming.get(proto.getName());
        ClusterEntry known = warm != null ? warm : active.get(proto.getName());
        if (known != null && known.proto().equals(proto)) {
            return false;
        }
        ClusterConfig config = ClusterConfig.compile(proto);
        StatsScope scope = services.stats().scope("cluster." + config.observabilityName() + ".");
        ClusterRuntime runtime = new ClusterRuntime(config, transports.compile(proto), scope, services.runtime());
        ClusterEntry entry = new ClusterEntry(new ClusterRecord(proto, version, Instant.now()), runtime, this);
        ClusterEntry replaced = warming.put(config.name(), entry);
        if (replaced != null) {
            replaced.close();
        }
        (active.containsKey(config.name()) ? modified : added).inc();
        start(entry);
        entry.whenInitialized(() -> activate(entry));
        count();
        return true;
    }

    private void start(ClusterEntry entry) {
        try {
            entry.start();
        } catch (ConfigRejected e) {
            warming.remove(entry.proto().getName(), entry);
            entry.close();
            throw e;
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

    /** Removes a cluster: streams on it go on to their end, its connections close. */
    @Override
    public void remove(String name) {
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
            return;
        }
        removed.inc();
        count();
    }

    /** Runs {@code task} when every cluster that is warming now is warm. */
    @Override
    public void whenWarm(Runnable task) {
        whenWarm(List.copyOf(warming.values()), task);
    }

    /** Like {@link #whenWarm(Runnable)}, without waiting for clusters whose endpoints come over EDS. */
    public void whenPrimaryWarm(Runnable task) {
        whenWarm(
                warming.values().stream()
                        .filter(entry -> !(entry.source() instanceof EdsSource))
                        .toList(),
                task);
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

    @Override
    public boolean exists(String name) {
        return active.containsKey(name) || warming.containsKey(name);
    }

    /** The configurations of the clusters that workers see, in the order in which they came. */
    public List<ClusterRecord> activeClusters() {
        return active.values().stream().map(ClusterEntry::record).toList();
    }

    public List<ClusterRecord> warmingClusters() {
        return warming.values().stream().map(ClusterEntry::record).toList();
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
