package io.layar.xdsgen.listener;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.config.mesh.MeshConfig;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.route.DefaultRoutes;

/** The route configuration inside of an inbound connection manager: everything to the application. */
final class InboundRoutes {
    private InboundRoutes() {}

    static RouteConfiguration of(InboundChain chain, MeshConfig mesh) {
        Route route = DefaultRoutes.inbound(
                chain.cluster(),
                DefaultRoutes.operation(chain.host(), chain.port()),
                chain.protocol(),
                mesh.defaultInboundHttpRetryPolicy());
        return RouteConfiguration.newBuilder()
                .setName(chain.cluster())
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("inbound|http|" + chain.port())
                        .addDomains("*")
                        .addRoutes(route))
                .setValidateClusters(Protos.FALSE)
                .build();
    }
}
