package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.policy.PeerAuthenticationIndex.WorkloadMode;
import io.layar.mesh.proxy.Proxy.Interception;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.HeaderSettings;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.InboundMatch;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.NetworkFilters;
import io.layar.xdsgen.filterchain.ServerTls;
import io.layar.xdsgen.filterchain.TcpChains;
import io.layar.xdsgen.telemetry.StatPrefixes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A sidecar's inbound listeners: one for all captured traffic, and one for each port that is bound itself. */
final class InboundListeners {
    static final String NAME = "virtualInbound";
    private static final ListenerClass SIDE = ListenerClass.SIDECAR_INBOUND;

    private final ProxyView view;
    private final ChainContext context;
    private final TcpChains tcp;
    private final ConnectionManagers managers;
    private final UnaryOperator<RouteConfiguration> routePatches;
    private final WorkloadMode mutualTls;

    /** A listener and the objects that made it. */
    record Made(Listener listener, Set<String> origins) {}

    /** @param routePatches the patches of inbound route configurations */
    InboundListeners(
            ProxyView view,
            ChainContext context,
            TcpChains tcp,
            ConnectionManagers managers,
            UnaryOperator<RouteConfiguration> routePatches) {
        this.view = view;
        this.context = context;
        this.tcp = tcp;
        this.managers = managers;
        this.routePatches = routePatches;
        this.mutualTls = view.mutualTls();
    }

    /** Order: the captured one first. */
    List<Made> all() {
        List<Made> bound = new ArrayList<>();
        List<FilterChain> captured = new ArrayList<>();
        Set<String> origins = new LinkedHashSet<>(mutualTls.origins());
        List<InboundChain> chains = InboundChains.of(view);
        if (view.proxy().interception() != Interception.NONE) {
            captured.addAll(passthrough(chains));
        }
        for (InboundChain chain : chains) {
            List<FilterChain> made = chains(chain);
            if (chain.binding().toPort()) {
                Set<String> own = new LinkedHashSet<>(mutualTls.origins());
                own.addAll(chain.origins());
                bound.add(new Made(
                        listener(chain.name(false), chain.binding().addresses(), chain.targetPort(), true, made), own));
            } else {
                captured.addAll(made);
                origins.addAll(chain.origins());
            }
        }
        if (view.proxy().interception() == Interception.NONE) {
            return bound;
        }
        Listener all =
                listener(NAME, Binding.wildcards(view.proxy()), view.mesh().proxyInboundListenPort(), false, captured);
        List<Made> out = new ArrayList<>();
        out.add(new Made(all, origins));
        out.addAll(bound);
        return out;
    }

    private Listener listener(String name, List<String> addresses, int port, boolean toPort, List<FilterChain> chains) {
        Listener.Builder listener = Listener.newBuilder()
                .setName(name)
                .setAddress(Addresses.of(addresses.getFirst(), port))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setContinueOnListenerFiltersTimeout(true)
                .addAllAccessLog(context.telemetry().accessLogs().listener(SIDE))
                .addAllFilterChains(chains);
        ListenerParts.acceptSlowly(view.features(), listener);
        if (view.isOn(Feature.ENABLE_DUAL_STACK)) {
            listener.addAllAdditionalAddresses(Addresses.additional(addresses.subList(1, addresses.size()), port));
        }
        if (view.proxy().metadata().isTrue("INBOUND_LISTENER_EXACT_BALANCE")) {
            ListenerParts.balanceExactly(listener);
        }
        boolean transparent = !toPort && view.proxy().interception() == Interception.TPROXY;
        if (transparent) {
            listener.setTransparent(Protos.TRUE);
        }
        listener.addAllListenerFilters(InboundInspectors.of(chains, toPort, transparent));
        if (view.mesh().protocolDetectionTimeout() != null) {
            listener.setListenerFiltersTimeout(Protos.duration(view.mesh().protocolDetectionTimeout()));
        }
        return listener.build();
    }

    private List<FilterChain> chains(InboundChain chain) {
        MutualTlsMode mode = mutualTls.of(chain.targetPort());
        ServerTLSSettings own = chain.tls();
        if (own == null || mode != MutualTlsMode.DISABLE) {
            return chains(chain, mode);
        }
        InboundChain terminated = chain.withProtocol(InboundChains.terminated(chain.protocol()));
        DownstreamTlsContext tls = context.tls().server(own, false);
        return InboundMatch.ofUserTls(InboundMatch.Kind.of(terminated.protocol())).stream()
                .map(match -> chain(terminated, match)
                        .setTransportSocket(ServerTls.socket(tls))
                        .build())
                .toList();
    }

    private List<FilterChain> chains(InboundChain chain, MutualTlsMode mode) {
        return InboundMatch.of(mode, InboundMatch.Kind.of(chain.protocol())).stream()
                .map(match -> {
                    FilterChain.Builder made = chain(chain, match);
                    if (match.tls()) {
                        made.setTransportSocket(ServerTls.socket(context.tls().mesh(match.http())));
                    }
                    return made.build();
                })
                .toList();
    }

    private FilterChain.Builder chain(InboundChain chain, InboundMatch match) {
        FilterChain.Builder out = FilterChain.newBuilder()
                .setName(chain.name(match.http()))
                .setFilterChainMatch(chain.match(match))
                .addAllFilters(match.http() ? http(chain) : bytes(chain));
        if (chain.metadata() != null) {
            out.setMetadata(chain.metadata());
        }
        return out;
    }

    private ImmutableList<Filter> bytes(InboundChain chain) {
        String pattern = view.mesh().inboundClusterStatName();
        String prefix = pattern.isEmpty()
                ? chain.cluster()
                : StatPrefixes.inbound(
                        pattern,
                        chain.service() != null && chain.service().isKubernetes() ? chain.service() : null,
                        chain.host(),
                        chain.port(),
                        chain.portName());
        return tcp.inbound(prefix, chain.cluster(), chain.protocol());
    }

    private ImmutableList<Filter> http(InboundChain chain) {
        HeaderSettings headers = context.headers(SIDE);
        HttpConnectionManager.Builder base = HttpConnectionManager.newBuilder()
                .setForwardClientCertDetails(headers.forwardedCertificate())
                .setSetCurrentClientCertDetails(headers.certificateDetails());
        if (chain.protocol().isHttp2()) {
            base.setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance());
        }
        if (context.acceptsHttp10()) {
            base.getHttpProtocolOptionsBuilder().setAcceptHttp10(true);
        }
        HttpChain http = new HttpChain(
                SIDE,
                "",
                routePatches.apply(InboundRoutes.of(chain, view.mesh())),
                base.build(),
                chain.protocol(),
                chain.targetPort(),
                StatPrefixes.delimited(chain.statPrefix()),
                headers,
                false,
                ImmutableList.of());
        return ImmutableList.<Filter>builder()
                .addAll(context.metadataExchange())
                .add(NetworkFilters.httpConnectionManager(managers.build(http)))
                .build();
    }

    /** Traffic to ports that no service names, and to ports whose mode a policy sets though no service names them. */
    private List<FilterChain> passthrough(List<InboundChain> chains) {
        List<FilterChain> out = new ArrayList<>();
        out.add(loop());
        out.addAll(chains(InboundChain.passthrough(0), mutualTls.of(0)));
        mutualTls.ports().forEach((port, mode) -> {
            if (!isNamed(port, chains)) {
                out.addAll(chains(InboundChain.passthrough(port), mode));
            }
        });
        return out;
    }

    private boolean isNamed(int port, List<InboundChain> chains) {
        return view.scope().hasIngressListeners()
                ? chains.stream().anyMatch(chain -> chain.targetPort() == port)
                : view.targets().stream().anyMatch(target -> target.targetPort() == port);
    }

    /** Whoever connects to the capture port itself would only be sent back to it. */
    private FilterChain loop() {
        return FilterChain.newBuilder()
                .setName(NAME + "-blackhole")
                .setFilterChainMatch(FilterChainMatch.newBuilder()
                        .setDestinationPort(Protos.uint32(view.mesh().proxyInboundListenPort())))
                .addAllFilters(context.metadataExchange())
                .addAllFilters(tcp.plain(SIDE, ClusterNames.BLACK_HOLE, false))
                .build();
    }
}
