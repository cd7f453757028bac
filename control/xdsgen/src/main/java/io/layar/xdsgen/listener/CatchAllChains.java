package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Protocol;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.Alpn;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.HeaderSettings;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.NetworkFilters;
import io.layar.xdsgen.filterchain.TcpChains;
import io.layar.xdsgen.route.CatchAllHost;
import io.layar.xdsgen.route.EgressPolicy;
import io.layar.xdsgen.route.SidecarRoutes;
import io.layar.xdsgen.telemetry.StatPrefixes;

/** What happens to outbound connections that fit no service. */
final class CatchAllChains {
    private static final String ANY_HOST = "allow_any_dynamic_dns";

    private final ProxyView view;
    private final ChainContext context;
    private final ConnectionManagers managers;
    private final TcpChains tcp;

    CatchAllChains(ProxyView view, ChainContext context, ConnectionManagers managers, TcpChains tcp) {
        this.view = view;
        this.context = context;
        this.managers = managers;
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
    private FilterChain loop() {
        return FilterChain.newBuilder()
                .setName("virtualOutbound-blackhole")
                .setFilterChainMatch(FilterChainMatch.newBuilder()
                        .setDestinationPort(Protos.uint32(view.mesh().proxyListenPort())))
                .addAllFilters(tcp.plain(ListenerClass.SIDECAR_OUTBOUND, ClusterNames.BLACK_HOLE, false))
                .build();
    }

    /** Of the listener that takes everything. Order: the first that matches is taken. */
    ImmutableList<FilterChain> all() {
        ImmutableList.Builder<FilterChain> chains = ImmutableList.builder();
        chains.add(loop());
        if (DynamicForwarding.isForAny(view)) {
            chains.add(anyHost());
        }
        return chains.add(rest()).build();
    }

    /** HTTP requests name the host that they are for. */
    private FilterChain anyHost() {
        ListenerClass side = ListenerClass.SIDECAR_OUTBOUND;
        HeaderSettings headers = context.headers(side);
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName(ANY_HOST)
                .addVirtualHosts(CatchAllHost.of(EgressPolicy.of(view), headers))
                .setValidateClusters(Protos.FALSE)
                .setMaxDirectResponseBodySizeBytes(SidecarRoutes.MAX_BODY)
                .setIgnorePortInHostMatching(true)
                .build();
        HttpConnectionManager.Builder base = HttpConnectionManager.newBuilder();
        if (context.acceptsHttp10()) {
            base.getHttpProtocolOptionsBuilder().setAcceptHttp10(true);
        }
        HttpChain http = new HttpChain(
                side,
                "",
                routes,
                base.build(),
                Protocol.HTTP,
                0,
                StatPrefixes.delimited("outbound_virtualOutbound_" + ANY_HOST),
                headers,
                view.isOn(Feature.USE_REMOTE_ADDRESS),
                DynamicForwarding.http(view));
        return FilterChain.newBuilder()
                .setName("virtualOutbound-catchall-tcp-http")
                .setFilterChainMatch(FilterChainMatch.newBuilder()
                        .addAllApplicationProtocols(
                                view.isOn(Feature.HTTP10) ? Alpn.PLAINTEXT_HTTP_WITH_10 : Alpn.PLAINTEXT_HTTP))
                .addFilters(NetworkFilters.httpConnectionManager(managers.build(http)))
                .build();
    }

    private FilterChain rest() {
        return FilterChain.newBuilder()
                .setName("virtualOutbound-catchall-tcp")
                .addAllFilters(filters())
                .build();
    }
}
