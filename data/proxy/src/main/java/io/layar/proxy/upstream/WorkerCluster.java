package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.CircuitBreakers;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.stream.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as one worker sees it: configuration, hosts, pools.
 *
 * <p>Thread: the worker's event loop. A stream may keep using the object after the cluster was replaced or removed: pools then drain.
 */
public interface WorkerCluster {
    String name();

    /** alt_stat_name, or null where there is none. */
    @Nullable
    String altStatName();

    Metadata metadata();

    ClusterConfig config();

    /** Handles of {@code cluster.NAME.…}: made when first asked for. */
    ClusterStats stats();

    CircuitBreakers circuitBreakers(Priority priority);

    /** True while runtime {@code upstream.maintenance_mode.NAME} says so for this draw. */
    boolean maintenanceMode();

    /** The category of a drop_overload policy that hits this request, or null: it may pass. */
    @Nullable
    String dropOverload();

    /** A host for this request, or null: none is to be had (UH; counted in {@code upstream_cx_none_healthy}). */
    @Nullable
    Host chooseHost(LoadBalancerContext context);

    /**
     * The pool for HTTP streams to {@code host}.
     *
     * <p>Shape: {@code downstreamProtocol} ({@code HTTP/1.1}, …, or null) matters for use_downstream_protocol; {@code authority} is the value of
     * the request's {@code :authority}, for auto_sni and auto_san_validation, or null.
     */
    HttpPool httpPool(Host host, Priority priority, @Nullable String downstreamProtocol, @Nullable String authority);

    TcpPool tcpPool(Host host, Priority priority, LoadBalancerContext context);
}
