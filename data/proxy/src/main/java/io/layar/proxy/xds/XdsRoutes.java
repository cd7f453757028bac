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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
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
    private final Map<String, Known> known = new ConcurrentSkipListMap<>();
    private final Cleaner cleaner = Cleaner.create();

    public XdsRoutes(Subscriptions subscriptions, EventLoop loop) {
        this.subscriptions = subscriptions;
        this.loop = loop;
    }

    /** A route configuration in use. */
    public record Known(RouteConfiguration config, String version, Instant updated) {}

    /** What has come, by name, for the admin pages. Thread: any. */
    public List<Known> known() {
        return List.copyOf(known.values());
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
        private final Map<String, Known> known;
        private @Nullable Runnable ready;

        private Follower(Current routes, Compiler compiler, Runnable ready, Map<String, Known> known) {
            this.known = known;
            this.routes = new WeakReference<>(routes);
            this.compiler = compiler;
            this.ready = ready;
        }

        @Override
        public void arrived(RouteConfiguration config, String version) {
            Current current = routes.get();
            if (current != null) {
                current.table = compiler.compile(config);
                known.put(config.getName(), new Known(config, version, Instant.now()));
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
        Follower follower = new Follower(current, compiler, ready, known);
        Runnable end;
        try {
            end = subscriptions.watch(
                    TypeUrl.ROUTE, RouteConfiguration.class, rds.getConfigSource(), rds.getRouteConfigName(), follower);
        } catch (ConfigRejected e) {
            throw e.within("rds.config_source");
        }
        String name = rds.getRouteConfigName();
        cleaner.register(
                current,
                () -> loop.execute(() -> {
                    end.run();
                    known.remove(name);
                }));
        return current;
    }
}
