package io.layar.proxy.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Filter;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest;
import io.envoyproxy.envoy.extensions.load_balancing_policies.wrr_locality.v3.WrrLocality;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.lb.LbPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {
    private static Cluster.Builder cluster() {
        return Cluster.newBuilder().setName("c").setType(Cluster.DiscoveryType.STATIC);
    }

    private static LbEndpoint endpoint(String ip, int port) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder()
                        .setAddress(Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress(ip)
                                        .setPortValue(port))))
                .build();
    }

    private static ClusterLoadAssignment assignment(LbEndpoint... endpoints) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName("c")
                .addEndpoints(LocalityLbEndpoints.newBuilder().addAllLbEndpoints(List.of(endpoints)))
                .build();
    }

    @Test
    void defaultsAreEnvoys() {
        ClusterConfig config = ClusterConfig.compile(cluster().build());
        assertThat(config.connect().connectTimeoutMillis()).isEqualTo(5000);
        assertThat(config.connect().bufferLimitBytes()).isEqualTo(1 << 20);
        assertThat(config.circuitBreakers().defaultPriority().maxRetries()).isEqualTo(3);
        assertThat(config.circuitBreakers().high().maxConnections()).isEqualTo(1024);
        assertThat(config.http().mode()).isEqualTo(HttpOptions.Mode.HTTP1);
        assertThat(config.http().idleTimeoutMillis()).isEqualTo(3_600_000);
        assertThat(config.lb().panicThreshold()).isEqualTo(50);
    }

    @Test
    void thresholdsBelongToTheirPriority() {
        Cluster.Builder proto = cluster();
        proto.getCircuitBreakersBuilder()
                .addThresholds(Thresholds.newBuilder()
                        .setPriority(RoutingPriority.HIGH)
                        .setMaxRequests(UInt32Value.of(7)));
        ClusterConfig config = ClusterConfig.compile(proto.build());
        assertThat(config.circuitBreakers().high().maxRequests()).isEqualTo(7);
        assertThat(config.circuitBreakers().defaultPriority().maxRequests()).isEqualTo(1024);
    }

    @Test
    void aStaticClusterRefusesNames() {
        assertThatThrownBy(() -> ClusterConfig.compile(cluster()
                        .setLoadAssignment(assignment(endpoint("foo.test", 80)))
                        .build()))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("load_assignment.endpoints[0].lb_endpoints[0].endpoint.address")
                .hasMessageContaining("malformed IP address: foo.test");
    }

    @Test
    void unsupportedThingsAreRefusedByName() {
        assertThatThrownBy(() -> ClusterConfig.compile(
                        cluster().addFilters(Filter.newBuilder().setName("x.y")).build()))
                .hasMessageContaining("filters: not supported: upstream network filter 'x.y'");
        assertThatThrownBy(() -> ClusterConfig.compile(cluster()
                        .setClusterType(Cluster.CustomClusterType.newBuilder().setName("envoy.clusters.redis"))
                        .build()))
                .hasMessageContaining("envoy.clusters.redis");
        assertThatThrownBy(() -> ClusterConfig.compile(
                        cluster().setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED).build()))
                .hasMessageContaining("CLUSTER_PROVIDED");
    }

    @Test
    void typedPoliciesNest() {
        Any inner = Any.pack(
                LeastRequest.newBuilder().setChoiceCount(UInt32Value.of(4)).build(), "type.googleapis.com");
        Any outer = Any.pack(
                WrrLocality.newBuilder().setEndpointPickingPolicy(policy(inner)).build(), "type.googleapis.com");
        ClusterConfig config = ClusterConfig.compile(
                cluster().setLoadBalancingPolicy(policy(outer)).build());
        assertThat(config.lb().policy())
                .isEqualTo(
                        new LbPolicy.LeastRequest(LbPolicy.WEIGHTED, null, 4, LbPolicy.RuntimeNumber.of(1.0), false));
    }

    private static LoadBalancingPolicy policy(Any any) {
        return LoadBalancingPolicy.newBuilder()
                .addPolicies(LoadBalancingPolicy.Policy.newBuilder()
                        .setTypedExtensionConfig(
                                TypedExtensionConfig.newBuilder().setName("p").setTypedConfig(any)))
                .build();
    }

    @Test
    void hostsThatStayKeepTheirObject() {
        ClusterConfig config = ClusterConfig.compile(cluster().build());
        Membership members = new Membership(config, (facts, weight) -> new Host(facts, weight, null, 0));
        members.apply(AssignmentCompiler.compile(assignment(endpoint("10.0.0.1", 1), endpoint("10.0.0.2", 1)), false));
        Host first = members.snapshot().priority(0).hosts()[0];
        LbEndpoint draining = endpoint("10.0.0.1", 1).toBuilder()
                .setHealthStatus(HealthStatus.DRAINING)
                .build();
        Membership.Change change =
                members.apply(AssignmentCompiler.compile(assignment(draining, endpoint("10.0.0.3", 1)), false));
        assertThat(change.added())
                .singleElement()
                .satisfies(host -> assertThat(host.address().text()).isEqualTo("10.0.0.3:1"));
        assertThat(change.removed())
                .singleElement()
                .satisfies(host -> assertThat(host.address().text()).isEqualTo("10.0.0.2:1"));
        assertThat(members.snapshot().priority(0).hosts()[0]).isSameAs(first);
        assertThat(first.health()).isEqualTo(Host.Health.UNHEALTHY);
    }

    @Test
    void anEqualAssignmentChangesNothing() {
        ClusterConfig config = ClusterConfig.compile(cluster().build());
        Membership members = new Membership(config, (facts, weight) -> new Host(facts, weight, null, 0));
        members.apply(AssignmentCompiler.compile(assignment(endpoint("10.0.0.1", 1)), false));
        assertThat(members.apply(AssignmentCompiler.compile(assignment(endpoint("10.0.0.1", 1)), false))
                        .changed())
                .isFalse();
    }
}
