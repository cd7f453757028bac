package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.layar.mesh.service.Service;

/**
 * Hosts on one port that share their routes.
 *
 * <p>Shape: {@code otherHosts} are those of a VirtualService that no service has.
 */
record HostGroup(
        int port,
        ImmutableList<Service> services,
        ImmutableList<String> otherHosts,
        ImmutableList<Route> routes,
        ImmutableList<String> origins) {}
