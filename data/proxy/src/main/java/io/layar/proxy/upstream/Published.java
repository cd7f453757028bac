package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.lb.SharedBalancer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a cluster at one moment, as all workers get them.
 *
 * <p>Shape: {@code localHosts} are the hosts of the cluster that this proxy belongs to, or null. Thread: any.
 */
final class Published {
    private final PrioritySet hosts;
    private final SharedBalancer balancer;
    private final List<Assignment.Drop> drops;
    private final Locality self;
    private final @Nullable PrioritySet localHosts;
    private final AtomicReference<@Nullable Map<String, Host>> byAddress = new AtomicReference<>();

    Published(
            PrioritySet hosts,
            SharedBalancer balancer,
            List<Assignment.Drop> drops,
            Locality self,
            @Nullable PrioritySet localHosts) {
        this.hosts = hosts;
        this.balancer = balancer;
        this.drops = drops;
        this.self = self;
        this.localHosts = localHosts;
    }

    PrioritySet hosts() {
        return hosts;
    }

    SharedBalancer balancer() {
        return balancer;
    }

    List<Assignment.Drop> drops() {
        return drops;
    }

    Locality self() {
        return self;
    }

    @Nullable
    PrioritySet localHosts() {
        return localHosts;
    }

    /** The host with that address, if its health is one of {@code allowed}. */
    @Nullable
    Host hostAt(String address, Set<HealthStatus> allowed) {
        Map<String, Host> index = byAddress.get();
        if (index == null) {
            Map<String, Host> made = new HashMap<>();
            hosts.forEachHost(host -> made.put(host.address().text(), host));
            byAddress.set(made);
            index = made;
        }
        Host host = index.get(address);
        return host != null && allowed.contains(statusOf(host)) ? host : null;
    }

    private static HealthStatus statusOf(Host host) {
        if (host.has(HealthFlag.EDS_STATUS_DRAINING)) {
            return HealthStatus.DRAINING;
        }
        return switch (host.health()) {
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
            case DEGRADED -> HealthStatus.DEGRADED;
            case HEALTHY -> HealthStatus.HEALTHY;
        };
    }
}
