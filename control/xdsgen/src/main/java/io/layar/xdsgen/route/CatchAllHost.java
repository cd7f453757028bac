package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.filterchain.HeaderSettings;

/** The virtual host of requests to hosts that the mesh does not know. */
public final class CatchAllHost {
    private static final int REFUSED = 502;

    private CatchAllHost() {}

    public static VirtualHost of(EgressPolicy policy, HeaderSettings headers) {
        return switch (policy.mode()) {
            case ALLOW_ANY -> host("allow_any", headers, to("allow_any", policy.cluster(), headers));
            case ALLOW_ANY_DYNAMIC_DNS ->
                host(
                        "allow_any_dynamic_dns",
                        headers,
                        to("allow_any_dynamic_dns", ClusterNames.ALLOW_ANY_DYNAMIC_DNS, headers));
            case REGISTRY_ONLY ->
                host(
                        "block_all",
                        headers,
                        route("block_all")
                                .setDirectResponse(
                                        DirectResponseAction.newBuilder().setStatus(REFUSED)));
        };
    }

    private static VirtualHost host(String name, HeaderSettings headers, Route.Builder route) {
        return VirtualHost.newBuilder()
                .setName(name)
                .addDomains("*")
                .addRoutes(route)
                .setIncludeRequestAttemptCount(headers.attemptCount())
                .build();
    }

    private static Route.Builder to(String name, String cluster, HeaderSettings headers) {
        RouteAction.Builder action =
                RouteAction.newBuilder().setCluster(cluster).setAppendXForwardedHost(headers.forwardedHost());
        Timeouts.apply(null, action);
        return route(name).setRoute(action);
    }

    private static Route.Builder route(String name) {
        return Route.newBuilder().setName(name).setMatch(RouteMatches.ALL);
    }
}
