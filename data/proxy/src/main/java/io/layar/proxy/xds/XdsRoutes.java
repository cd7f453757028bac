package io.layar.proxy.xds;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.route.RouteTable;
import io.layar.proxy.http.DynamicRoutes;
import io.layar.proxy.http.Routes;
import io.layar.proxy.network.InitTargets;
import io.layar.xds.TypeUrl;
import io.netty.channel.EventLoop;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Route tables that follow their route configurations.
 *
 * <p>A table is watched for as long as its connection manager lives; when that is gone with its last connection, the name is
 * unsubscribed. Thread: main loop; tables are read by any.
 */
public final class XdsRoutes implements DynamicRoutes {
    private final Subscriptions subscriptions;
    private final EventLoop loop;
    private final Cleaner cleaner = Cleaner.create();

    public XdsRoutes(Subscriptions subscriptions, EventLoop loop) {
        this.subscriptions = subscriptions;
        this.loop = loop;
    }

    private static final class Current implements Routes {
        private volatile RouteTable table;

        private Current(RouteTable table) {
            this.table = table;
        }

        @Override
        public RouteTable current() {
            return table;
        }
    }

    /** Keeps no connection manager alive: it only knows its table weakly. */
    private static final class Follower implements Watcher<RouteConfiguration> {
        private final WeakReference<Current> routes;
        private final Compiler compiler;
        private @Nullable Runnable ready;

        private Follower(Current routes, Compiler compiler, Runnable ready) {
            this.routes = new WeakReference<>(routes);
            this.compiler = compiler;
            this.ready = ready;
        }

        @Override
        public void arrived(RouteConfiguration config, String version) {
            Current current = routes.get();
            if (current != null) {
                current.table = compiler.compile(config);
            }
            done();
        }

        @Override
        public void removed() {
            done();
        }

        @Override
        public void timedOut() {
            done();
        }

        private void done() {
            Runnable task = ready;
            ready = null;
            if (task != null) {
                task.run();
            }
        }
    }

    @Override
    public Routes subscribe(Rds rds, Compiler compiler, InitTargets init) {
        Current current = new Current(compiler.compile(RouteConfiguration.newBuilder()
                .setName(rds.getRouteConfigName())
                .build()));
        Runnable ready = init.waitFor("RDS " + rds.getRouteConfigName());
        Follower follower = new Follower(current, compiler, ready);
        Runnable end;
        try {
            end = subscriptions.watch(
                    TypeUrl.ROUTE,
                    RouteConfiguration.class,
                    rds.getConfigSource(),
                    rds.getRouteConfigName(),
                    follower);
        } catch (ConfigRejected e) {
            throw e.within("rds.config_source");
        }
        cleaner.register(current, () -> loop.execute(end));
        return current;
    }
}
