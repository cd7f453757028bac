package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.route.v3.Decorator;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.HTTPRoute;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.HttpFilters;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The HTTP routes of a VirtualService. */
public final class HttpRoutes {
    private HttpRoutes() {}

    /**
     * The routes that apply to the context's proxy and port; none when nothing applies.
     *
     * <p>Order: as written. Routes behind one that takes every request are not sent.
     */
    public static ImmutableList<Route> translate(RouteContext context) {
        ImmutableList.Builder<Route> out = ImmutableList.builder();
        for (HTTPRoute http : context.owner().spec().http()) {
            if (http.match().isEmpty()) {
                out.add(translate(http, null, context));
                return out.build();
            }
            for (HTTPMatchRequest match : http.match()) {
                if (applies(match, context)) {
                    Route route = translate(http, match, context);
                    out.add(route);
                    if (RouteMatches.isCatchAll(route.getMatch())) {
                        return out.build();
                    }
                }
            }
        }
        return out.build();
    }

    /** The conditions that are known now: port, gateways, and the labels and namespace of the proxy. */
    private static boolean applies(HTTPMatchRequest match, RouteContext context) {
        if (match.port() != 0 && match.port() != context.listenPort()) {
            return false;
        }
        if (!match.gateways().isEmpty()) {
            return match.gateways().stream().anyMatch(context.gateways()::contains);
        }
        return isSubset(match.sourceLabels(), context.proxy().labels())
                && (match.sourceNamespace().isEmpty()
                        || match.sourceNamespace().equals(context.proxy().namespace()));
    }

    /** Does {@code all} hold each of {@code some}? */
    public static boolean isSubset(Map<String, String> some, Map<String, String> all) {
        return some.entrySet().stream().allMatch(label -> Objects.equals(all.get(label.getKey()), label.getValue()));
    }

    private static Route translate(HTTPRoute http, @Nullable HTTPMatchRequest match, RouteContext context) {
        HeaderOperations headers = HeaderOperations.of(http.headers());
        Route.Builder route = Route.newBuilder()
                .setName(name(http, match))
                .setMatch(RouteMatches.translate(match, context.isGatewayApi() || context.isIngress()))
                .setMetadata(ConfigMetadata.of(context.owner()))
                .addAllRequestHeadersToAdd(headers.requestAdd())
                .addAllRequestHeadersToRemove(headers.requestRemove())
                .addAllResponseHeadersToAdd(headers.responseAdd())
                .addAllResponseHeadersToRemove(headers.responseRemove());
        if (match != null) {
            route.setStatPrefix(match.statPrefix());
        }
        if (http.redirect() != null) {
            Redirects.redirect(http.redirect(), context.listenPort(), context.tls(), route);
        } else if (http.directResponse() != null) {
            Redirects.directResponse(http.directResponse(), route);
        } else {
            RouteActions.apply(http, context, headers.authority(), route);
        }
        route.setDecorator(Decorator.newBuilder().setOperation(operation(route, context)));
        if (http.fault() != null) {
            route.putTypedPerFilterConfig(HttpFilters.FAULT_NAME, Protos.pack(Faults.translate(http.fault())));
        }
        if (http.corsPolicy() != null) {
            route.putTypedPerFilterConfig(
                    HttpFilters.CORS_NAME, Protos.pack(CorsPolicies.translate(http.corsPolicy())));
        }
        return route.build();
    }

    private static String name(HTTPRoute http, @Nullable HTTPMatchRequest match) {
        return match == null || match.name().isEmpty() ? http.name() : http.name() + "." + match.name();
    }

    /** Where and what, for traces: the only cluster's host and port, or else the VirtualService's name and the port. */
    private static String operation(Route.Builder route, RouteContext context) {
        RouteMatch match = route.getMatch();
        String path = switch (match.getPathSpecifierCase()) {
            case PREFIX -> match.getPrefix() + "*";
            case PATH -> match.getPath();
            case SAFE_REGEX -> match.getSafeRegex().getRegex();
            case PATH_SEPARATED_PREFIX, CONNECT_MATCHER, PATH_MATCH_POLICY, PATHSPECIFIER_NOT_SET -> "/*";
        };
        ClusterNames.Parts cluster = ClusterNames.parse(route.getRoute().getCluster());
        return cluster == null
                ? context.owner().metadata().name() + ":" + context.listenPort() + path
                : cluster.host() + ":" + cluster.port() + path;
    }

    /** The same routes with those that take every request moved behind the others. */
    public static ImmutableList<Route> catchAllLast(Iterable<Route> routes) {
        ImmutableList.Builder<Route> out = ImmutableList.builder();
        routes.forEach(route -> {
            if (!RouteMatches.isCatchAll(route.getMatch())) {
                out.add(route);
            }
        });
        routes.forEach(route -> {
            if (RouteMatches.isCatchAll(route.getMatch())) {
                out.add(route);
            }
        });
        return out.build();
    }
}
