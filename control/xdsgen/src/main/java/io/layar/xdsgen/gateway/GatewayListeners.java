package io.layar.xdsgen.gateway;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.layar.config.mesh.Topology;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Protocol;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainMatch;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.HeaderSettings;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.ListenerFilters;
import io.layar.xdsgen.listener.Binding;
import io.layar.xdsgen.listener.ListenerParts;
import io.layar.xdsgen.telemetry.StatPrefixes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway's listeners: one for each address and port of its merged servers. */
public final class GatewayListeners {
    private static final ListenerClass SIDE = ListenerClass.GATEWAY;
    private static final int FIRST_UNPRIVILEGED = 1024;

    private final ProxyView view;
    private final ChainContext context;
    private final ConnectionManagers managers;
    private final GatewayTcp tcp;

    private GatewayListeners(ProxyView view, ChainContext context, ConnectionManagers managers) {
        this.view = view;
        this.context = context;
        this.managers = managers;
        this.tcp = new GatewayTcp(view, context);
    }

    /** Chains that were collected for one address and port. */
    private record Draft(Binding binding, int port, List<ChainSpec> chains) {}

    public static List<XdsResource> generate(ProxyView view, ChainContext context, ConnectionManagers managers) {
        return new GatewayListeners(view, context, managers).all(MergedGateway.of(view));
    }

    private List<XdsResource> all(MergedGateway merged) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        boolean unprivileged = view.proxy().metadata().isTrue("UNPRIVILEGED_POD");
        for (MergedGateway.Group group : merged.groups()) {
            if (unprivileged && group.port() < FIRST_UNPRIVILEGED) {
                continue;
            }
            Binding binding = binding(group);
            drafts.computeIfAbsent(
                            Binding.listenerName(binding.primary(), group.port()),
                            name -> new Draft(binding, group.port(), new ArrayList<>()))
                    .chains()
                    .addAll(chains(group));
        }
        Set<String> origins = new LinkedHashSet<>(merged.origins());
        origins.addAll(context.telemetry().origins());
        List<XdsResource> out = new ArrayList<>();
        drafts.forEach((name, draft) -> {
            if (!draft.chains().isEmpty()) {
                out.add(new XdsResource(name, listener(name, draft), ImmutableList.copyOf(origins)));
            }
        });
        return out;
    }

    private Binding binding(MergedGateway.Group group) {
        if (!group.bind().isEmpty()) {
            return new Binding(ImmutableList.of(group.bind()), true);
        }
        ImmutableList<String> wildcards = Binding.wildcards(view.proxy());
        return new Binding(view.isOn(Feature.ENABLE_DUAL_STACK) ? wildcards : wildcards.subList(0, 1), true);
    }

    private List<ChainSpec> chains(MergedGateway.Group group) {
        if (group.parsedProtocol().isHttp()) {
            return List.of(ChainSpec.of(http(group.routeName(), group.parsedProtocol(), group.port(), "")));
        }
        List<ChainSpec> out = new ArrayList<>();
        for (BoundServer server : group.servers()) {
            if (server.isHttps() && server.tls() != null) {
                out.add(new ChainSpec(
                        ChainMatch.sni(server.sniHosts()),
                        null,
                        context.tls().server(server.tls(), false),
                        http(server.routeName(), server.protocol(), group.port(), server.name()),
                        ImmutableList.of()));
            } else {
                out.addAll(tcp.chains(server, group.port()));
            }
        }
        return out;
    }

    private HttpChain http(String routeName, Protocol protocol, int port, String statPrefix) {
        Topology topology = context.proxyConfig().gatewayTopology();
        ForwardClientCertDetails forward = topology == null
                ? ForwardClientCertDetails.SANITIZE_SET
                : HeaderSettings.forwarded(topology.forwardClientCertDetails(), ForwardClientCertDetails.SANITIZE_SET);
        HttpConnectionManager.Builder base = HttpConnectionManager.newBuilder()
                .setXffNumTrustedHops(topology == null ? 0 : topology.numTrustedProxies())
                .setForwardClientCertDetails(forward);
        base.getHttpProtocolOptionsBuilder().setAcceptHttp10(context.acceptsHttp10());
        if (forward == ForwardClientCertDetails.APPEND_FORWARD || forward == ForwardClientCertDetails.SANITIZE_SET) {
            base.setSetCurrentClientCertDetails(SetCurrentClientCertDetails.newBuilder()
                    .setSubject(Protos.TRUE)
                    .setCert(true)
                    .setDns(true)
                    .setUri(true));
        }
        return new HttpChain(
                SIDE,
                routeName,
                null,
                base.build(),
                protocol,
                port,
                statPrefix,
                context.headers(SIDE),
                true,
                ImmutableList.of());
    }

    private Listener listener(String name, Draft draft) {
        Listener.Builder listener = Listener.newBuilder()
                .setName(name)
                .setAddress(Addresses.of(draft.binding().primary(), draft.port()))
                .addAllAdditionalAddresses(Addresses.additional(draft.binding().extra(), draft.port()))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addAllAccessLog(context.telemetry().accessLogs().listener(SIDE));
        ListenerParts.acceptSlowly(view.features(), listener);
        if (view.proxy().metadata().isTrue("OUTBOUND_LISTENER_EXACT_BALANCE")) {
            ListenerParts.balanceExactly(listener);
        }
        Topology topology = context.proxyConfig().gatewayTopology();
        if (topology != null && topology.proxyProtocol() != null) {
            listener.addListenerFilters(ListenerFilters.PROXY_PROTOCOL);
        }
        if (draft.chains().stream().anyMatch(ChainSpec::needsTlsInspector)) {
            listener.addListenerFilters(ListenerFilters.TLS_INSPECTOR);
        }
        UInt32Value buffer = context.limits().listenerBuffer();
        if (buffer != null) {
            listener.setPerConnectionBufferLimitBytes(buffer);
        }
        draft.chains().forEach(chain -> listener.addFilterChains(chain(chain, name)));
        return listener.build();
    }

    private FilterChain chain(ChainSpec spec, String listenerName) {
        HttpChain http = spec.http();
        ChainSpec named = http == null || !http.statPrefix().isEmpty()
                ? spec
                : spec.withHttp(http.withStatPrefix(StatPrefixes.delimited("outbound_" + listenerName)));
        FilterChain.Builder chain = named.toEnvoy(managers);
        FilterChainMatch match = spec.match().toEnvoy();
        return match == null ? chain.build() : chain.setFilterChainMatch(match).build();
    }
}
