package io.layar.proxy.core.lb;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import java.util.Set;

/**
 * Load balancing of a cluster.
 *
 * <p>Units: {@code panicThreshold} per cent. {@code overrideHostStatus}: which health a host named by a stateful session may have.
 * Thread: any (immutable).
 */
public record LbConfig(
        LbPolicy policy,
        double panicThreshold,
        boolean ignoreNewHostsUntilFirstCheck,
        boolean closeConnectionsOnHostSetChange,
        Set<HealthStatus> overrideHostStatus) {}
