package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/**
 * Picks hosts for one worker. A change of hosts makes a new one.
 *
 * <p>Thread: event loop of its worker.
 */
public interface LoadBalancer {
    /** A host, or null when there is none to be had. */
    @Nullable
    Host choose(LoadBalancerContext context);
}
