package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.lb.LbEnvironment;
import io.layar.proxy.core.lb.LoadBalancer;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.worker.Worker;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A worker's side of one cluster in one version of its configuration. Thread: event loop of the worker. */
final class WorkerClusterState implements WorkerCluster {
    private final ClusterRuntime runtime;
    private final Worker worker;
    private final ClientCodecs codecs;
    private final RandomGenerator random;
    private final Map<Host, HostPools> pools = new IdentityHashMap<>(4);
    private final String maintenanceKey;
    private Published published;
    private @Nullable LoadBalancer balancer;
    private @Nullable OriginalDstHosts originalDst;

    WorkerClusterState(
            ClusterRuntime runtime, Worker worker, ClientCodecs codecs, RandomGenerator random, Published published) {
        this.runtime = runtime;
        this.worker = worker;
        this.codecs = codecs;
        this.random = random;
        this.published = published;
        this.maintenanceKey = "upstream.maintenance_mode." + runtime.config().name();
    }

    ClusterRuntime runtime() {
        return runtime;
    }

    /** Takes over a change of hosts. */
    void publish(Published next, List<Host> removed) {
        published = next;
        balancer = null;
        for (Host host : removed) {
            drain(host);
        }
        if (runtime.config().lb().closeConnectionsOnHostSetChange()) {
            for (HostPools all : List.copyOf(pools.values())) {
                all.closeIdle();
            }
        }
    }

    private void drain(Host host) {
        HostPools of = pools.get(host);
        if (of != null) {
            of.drain();
        }
    }

    /** Health checks or outlier detection found the host unhealthy. */
    void onUnhealthy(Host host) {
        HostPools of = pools.get(host);
        if (of != null) {
            if (runtime.config().habits().closeConnectionsOnHealthFailure()) {
                of.closeAll();
            } else {
                of.closeIdle();
            }
        }
    }

    /** The cluster was replaced or removed. */
    void retire() {
        for (HostPools all : List.copyOf(pools.values())) {
            all.drain();
        }
        if (originalDst != null) {
            originalDst.close();
        }
    }

    @Override
    public String name() {
        return runtime.config().name();
    }

    @Override
    public @Nullable String altStatName() {
        return runtime.config().altStatName();
    }

    @Override
    public Metadata metadata() {
        return runtime.config().metadata();
    }

    @Override
    public ClusterConfig config() {
        return runtime.config();
    }

    @Override
    public ClusterStats stats() {
        return runtime.stats();
    }

    @Override
    public CircuitBreakers circuitBreakers(Priority priority) {
        return runtime.breakers(priority);
    }

    @Override
    public boolean maintenanceMode() {
        if (runtime.runtime().all().isEmpty()) {
            return false;
        }
        return runtime.runtime().featureEnabled(maintenanceKey, NEVER, random.nextLong());
    }

    private static final io.layar.proxy.core.runtime.RuntimeValues.Fraction NEVER =
            new io.layar.proxy.core.runtime.RuntimeValues.Fraction(0, 100);

    @Override
    public @Nullable String dropOverload() {
        List<Assignment.Drop> drops = published.drops();
        for (int i = 0; i < drops.size(); i++) {
            Assignment.Drop drop = drops.get(i);
            if (Long.remainderUnsigned(random.nextLong(), drop.denominator()) < drop.numerator()) {
                return drop.category();
            }
        }
        return null;
    }

    @Override
    public @Nullable Host chooseHost(LoadBalancerContext context) {
        Host host = overrideHost(context);
        if (host == null && !(context.overrideHost() != null && context.overrideHostStrict())) {
            host = balancer().choose(context);
        }
        if (host == null) {
            stats().cxNoneHealthy.inc();
        }
        return host;
    }

    private @Nullable Host overrideHost(LoadBalancerContext context) {
        String wished = context.overrideHost();
        return wished == null
                ? null
                : published.hostAt(wished, runtime.config().lb().overrideHostStatus());
    }

    private LoadBalancer balancer() {
        LoadBalancer known = balancer;
        if (known == null) {
            known = runtime.config().discovery() instanceof io.layar.proxy.core.cluster.Discovery.OriginalDst settings
                    ? originalDst(settings)
                    : published.balancer().forWorker(environment());
            balancer = known;
        }
        return known;
    }

    private LoadBalancer originalDst(io.layar.proxy.core.cluster.Discovery.OriginalDst settings) {
        OriginalDstHosts known = originalDst;
        if (known == null) {
            known = new OriginalDstHosts(settings, runtime, worker, this::idle, this::drain);
            originalDst = known;
        }
        return known;
    }

    private boolean idle(Host host) {
        HostPools of = pools.get(host);
        return of == null || of.isEmpty();
    }

    private LbEnvironment environment() {
        return new LbEnvironment(
                random,
                System::nanoTime,
                runtime.runtime(),
                () -> stats().lbHealthyPanic.inc(),
                published.self(),
                published.localHosts());
    }

    @Override
    public HttpPool httpPool(
            Host host, Priority priority, @Nullable String downstreamProtocol, @Nullable String authority) {
        return pools(host).http(priority, downstreamProtocol, authority);
    }

    @Override
    public TcpPool tcpPool(Host host, Priority priority, LoadBalancerContext context) {
        return pools(host).tcp(priority);
    }

    private HostPools pools(Host host) {
        HostPools of = pools.get(host);
        if (of == null) {
            of = new HostPools(runtime, worker, host, codecs, () -> pools.remove(host));
            pools.put(host, of);
        }
        return of;
    }

    /** Hosts of this worker alone, for the admin page. */
    void forEachOwnHost(java.util.function.Consumer<Host> visitor) {
        if (originalDst != null) {
            originalDst.forEach(visitor);
        }
    }
}
