package io.layar.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.local.network.PodAddress;
import org.junit.jupiter.api.Test;

class LoopbackPlacementTest {
    private final LoopbackPlacement placement = new LoopbackPlacement(PodAddress.onLoopback("127.66.0.4"));

    private static Listener.Builder listener(String name, int port) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(port)));
    }

    private static FilterChain chain(int port) {
        return FilterChain.newBuilder()
                .setFilterChainMatch(FilterChainMatch.newBuilder().setDestinationPort(UInt32Value.of(port)))
                .build();
    }

    @Test
    void listenersBindOnThePodsOwnAddress() {
        var placed = placement.listeners(listener("127.0.0.1_15080", 15080).build());
        assertThat(placed).hasSize(1);
        assertThat(placed.getFirst().getAddress().getSocketAddress().getAddress())
                .isEqualTo("127.66.0.4");
    }

    @Test
    void listenersThatOnlyCapturedTrafficReachesAreLeftOut() {
        assertThat(placement.listeners(listener("0.0.0.0_80", 80)
                        .setBindToPort(BoolValue.of(false))
                        .build()))
                .isEmpty();
    }

    @Test
    void everyInboundPortGetsAListenerWithItsOwnChains() {
        Listener inbound = listener("virtualInbound", 15006)
                .addFilterChains(chain(15006))
                .addFilterChains(chain(9080))
                .addFilterChains(chain(9080))
                .addFilterChains(chain(9090))
                .build();
        var placed = placement.listeners(inbound);
        assertThat(placed)
                .extracting(Listener::getName)
                .containsExactly("virtualInbound", "inbound_127.66.0.4_9080", "inbound_127.66.0.4_9090");
        assertThat(placed.get(1).getFilterChainsCount()).isEqualTo(2);
        assertThat(placed.get(1).getAddress().getSocketAddress().getPortValue()).isEqualTo(9080);
    }

    @Test
    void inboundClustersGoToTheApplication() {
        Cluster placed = placement.cluster(Cluster.newBuilder()
                .setName("inbound|9080||")
                .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .build());
        assertThat(placed.getType()).isEqualTo(Cluster.DiscoveryType.STATIC);
        var address = placed.getLoadAssignment()
                .getEndpoints(0)
                .getLbEndpoints(0)
                .getEndpoint()
                .getAddress()
                .getSocketAddress();
        assertThat(address.getAddress()).isEqualTo("127.67.0.4");
        assertThat(address.getPortValue()).isEqualTo(9080);
    }

    @Test
    void servicesBehindTheHttpProxyPortAreFoundByTheirPort() {
        var routes = RouteConfiguration.newBuilder().setIgnorePortInHostMatching(true);
        assertThat(placement.routes(routes.setName("http_proxy").build()).getIgnorePortInHostMatching())
                .isFalse();
        assertThat(placement.routes(routes.setName("9080").build()).getIgnorePortInHostMatching())
                .isTrue();
    }

    @Test
    void otherClustersStayAsTheyAre() {
        Cluster outbound = Cluster.newBuilder().setName("outbound|80||a.b").build();
        assertThat(placement.cluster(outbound)).isSameAs(outbound);
    }
}
