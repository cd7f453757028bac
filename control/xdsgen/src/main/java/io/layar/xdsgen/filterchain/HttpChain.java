package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.mesh.service.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes one HTTP connection manager from another.
 *
 * <p>Shape: routes come from {@code routes}, or from the route configuration named {@code routeName}; {@code base} holds
 * fields that are already set; {@code forwarding} filters resolve the hosts of requests.
 */
public record HttpChain(
        ListenerClass side,
        String routeName,
        @Nullable RouteConfiguration routes,
        HttpConnectionManager base,
        Protocol protocol,
        int port,
        String statPrefix,
        HeaderSettings headers,
        boolean useRemoteAddress,
        ImmutableList<HttpFilter> forwarding) {

    public HttpChain withStatPrefix(String prefix) {
        return new HttpChain(
                side, routeName, routes, base, protocol, port, prefix, headers, useRemoteAddress, forwarding);
    }

    public HttpChain withPort(int listenPort) {
        return new HttpChain(
                side, routeName, routes, base, protocol, listenPort, statPrefix, headers, useRemoteAddress, forwarding);
    }
}
