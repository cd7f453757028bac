package io.layar.proxy.http;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.route.PerFilterCompiler;
import io.layar.proxy.core.route.RouteOptions;
import io.layar.proxy.core.route.RouteTable;
import io.layar.proxy.http.DynamicRoutes.Compiler;

/** Compiles a connection manager's own route table, or finds the one that it names. Thread: main loop. */
final class RouteSources {
    private RouteSources() {}

    static Routes compile(HttpConnectionManager proto, HttpFilterContext context, HttpFilterTypes types) {
        return switch (proto.getRouteSpecifierCase()) {
            case ROUTE_CONFIG -> {
                RouteTable table;
                try {
                    table = table(proto.getRouteConfig(), context, types, true);
                } catch (ConfigRejected e) {
                    throw e.within("route_config");
                }
                yield () -> table;
            }
            case RDS -> dynamic(proto, context, types);
            case SCOPED_ROUTES -> throw ConfigRejected.unsupported("scoped_routes", "field scoped_routes");
            case ROUTESPECIFIER_NOT_SET -> throw new ConfigRejected("route_specifier", "is required");
        };
    }

    private static Routes dynamic(HttpConnectionManager proto, HttpFilterContext context, HttpFilterTypes types) {
        DynamicRoutes dynamic = context.services().find(DynamicRoutes.class);
        if (dynamic == null) {
            throw ConfigRejected.unsupported("rds", "no source of route configurations");
        }
        Compiler compiler = config -> table(config, context, types, false);
        return dynamic.subscribe(proto.getRds(), compiler, context.listener().init());
    }

    private static RouteTable table(
            RouteConfiguration proto, HttpFilterContext context, HttpFilterTypes types, boolean isStatic) {
        PerFilterCompiler filters = (name, config) -> compileForRoute(name, config, context, types);
        KnownClusters clusters = context.services().find(KnownClusters.class);
        RouteOptions options = new RouteOptions(
                filters,
                context.runtime(),
                Logs.facts(context.services()),
                clusters == null ? _ -> true : clusters::exists,
                isStatic);
        return RouteTable.compile(proto, options);
    }

    private static Object compileForRoute(String name, Any config, HttpFilterContext context, HttpFilterTypes types) {
        if (Types.nameOf(config.getTypeUrl()).equals("envoy.config.route.v3.FilterConfig")) {
            throw ConfigRejected.unsupported("typed_per_filter_config[" + name + "]", "FilterConfig");
        }
        return types.compileForRoute(name, config, context);
    }
}
