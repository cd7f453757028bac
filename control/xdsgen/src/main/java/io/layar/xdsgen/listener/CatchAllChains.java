package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.TcpChains;
import io.layar.xdsgen.route.EgressPolicy;

/** What happens to outbound connections that fit no service. */
final class CatchAllChains {
    private final ProxyView view;
    private final TcpChains tcp;

    CatchAllChains(ProxyView view, TcpChains tcp) {
        this.view = view;
        this.tcp = tcp;
    }

    /** To where the policy for unknown destinations says. */
    ImmutableList<Filter> filters() {
        return tcp.plain(ListenerClass.SIDECAR_OUTBOUND, EgressPolicy.of(view).cluster(), true);
    }

    /** The default chain of a listener whose chains do not cover everything. */
    FilterChain ofListener() {
        return FilterChain.newBuilder()
                .setName("PassthroughFilterChain")
                .setFilterChainMatch(FilterChainMatch.getDefaultInstance())
                .addAllFilters(filters())
                .build();
    }

    /** Whoever connects to the capture port itself would only be sent back to it. */
    FilterChain loop() {
        return FilterChain.newBuilder()
                .setName("virtualOutbound-blackhole")
                .setFilterChainMatch(FilterChainMatch.newBuilder()
                        .setDestinationPort(Protos.uint32(view.mesh().proxyListenPort())))
                .addAllFilters(tcp.plain(ListenerClass.SIDECAR_OUTBOUND, ClusterNames.BLACK_HOLE, false))
                .build();
    }

    FilterChain rest() {
        return FilterChain.newBuilder()
                .setName("virtualOutbound-catchall-tcp")
                .addAllFilters(filters())
                .build();
    }
}
