package io.layar.proxy.server.admin;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.upstream.ClusterView;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hosts of a cluster as a load assignment. */
final class EndpointTree {
    private record Group(int priority, Locality locality) {}

    private EndpointTree() {}

    static ClusterLoadAssignment of(ClusterView view) {
        Map<Group, LocalityLbEndpoints.Builder> groups = new LinkedHashMap<>();
        for (Host host : view.hosts()) {
            Locality locality = host.locality();
            groups.computeIfAbsent(
                            new Group(host.priority(), locality),
                            g -> LocalityLbEndpoints.newBuilder()
                                    .setPriority(g.priority)
                                    .setLocality(io.envoyproxy.envoy.config.core.v3.Locality.newBuilder()
                                            .setRegion(locality.region())
                                            .setZone(locality.zone())
                                            .setSubZone(locality.subZone())))
                    .addLbEndpoints(endpoint(host));
        }
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(view.config().name());
        groups.values().forEach(assignment::addEndpoints);
        return assignment.build();
    }

    private static LbEndpoint endpoint(Host host) {
        Address.Builder address = Address.newBuilder();
        if (host.address().inet() == null) {
            address.setPipe(Pipe.newBuilder().setPath(host.address().ip()));
        } else {
            address.setSocketAddress(SocketAddress.newBuilder()
                    .setAddress(host.address().ip())
                    .setPortValue(host.address().port()));
        }
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(address).setHostname(host.hostname()))
                .setHealthStatus(host.health() == Host.Health.UNHEALTHY ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY)
                .setLoadBalancingWeight(UInt32Value.of(host.weight()))
                .build();
    }
}
