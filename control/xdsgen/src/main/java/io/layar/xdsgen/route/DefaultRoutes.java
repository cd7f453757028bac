package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.route.v3.Decorator;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.layar.config.networking.HTTPRetry;
import io.layar.mesh.service.Protocol;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import org.jspecify.annotations.Nullable;

/** The route to a service that no VirtualService routes, and the route to the local application. */
public final class DefaultRoutes {
    private static final String NAME = "default";

    private DefaultRoutes() {}

    /** Name of a trace's operation: {@code host:port/*}. */
    public static String operation(String host, int port) {
        return Addresses.hostAndPort(host, port) + "/*";
    }

    /** To a service, without a timeout and with the default retries. */
    public static Route outbound(String cluster, String operation, @Nullable HTTPRetry defaultRetries) {
        RouteAction.Builder action = RouteAction.newBuilder().setCluster(cluster);
        Timeouts.apply(null, action);
        RetryPolicy retries = RetryPolicies.outbound(defaultRetries, false);
        if (retries != null) {
            action.setRetryPolicy(retries);
        }
        return route(operation, action);
    }

    /** To the application beside the proxy. gRPC streams are not retried: their reset tells nothing. */
    public static Route inbound(
            String cluster, String operation, Protocol protocol, @Nullable HTTPRetry defaultRetries) {
        RouteAction.Builder action = RouteAction.newBuilder()
                .setCluster(cluster)
                .setTimeout(Protos.ZERO)
                .setMaxStreamDuration(MaxStreamDuration.newBuilder()
                        .setMaxStreamDuration(Protos.ZERO)
                        .setGrpcTimeoutHeaderMax(Protos.ZERO));
        RetryPolicy retries = protocol.isGrpc() ? null : RetryPolicies.inbound(defaultRetries);
        if (retries != null) {
            action.setRetryPolicy(retries);
        }
        return route(operation, action);
    }

    private static Route route(String operation, RouteAction.Builder action) {
        return Route.newBuilder()
                .setName(NAME)
                .setMatch(RouteMatches.ALL)
                .setDecorator(Decorator.newBuilder().setOperation(operation))
                .setRoute(action)
                .build();
    }
}
