package io.layar.proxy.http;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.layar.proxy.core.route.RouteTable;
import io.layar.proxy.network.InitTargets;

/** Route configurations that come over xDS. Thread: main loop; the {@link Routes} it gives are read by any. */
public interface DynamicRoutes {
    /** Compiles a route configuration for one connection manager. Errors: {@code ConfigRejected}, which becomes a NACK. */
    @FunctionalInterface
    interface Compiler {
        RouteTable compile(RouteConfiguration config);
    }

    /**
     * Routes of the configuration that {@code rds} names. Until it has come they match nothing, and {@code init} is held up.
     * Errors: {@code ConfigRejected} when the source is not supported.
     */
    Routes subscribe(Rds rds, Compiler compiler, InitTargets init);
}
