package io.layar.xdsgen.gateway;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.L4MatchAttributes;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TCPRoute;
import io.layar.config.networking.TLSMatchAttributes;
import io.layar.config.networking.TLSRoute;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.filterchain.Alpn;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainMatch;
import io.layar.xdsgen.filterchain.ChainPolicies;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.TcpChains;
import io.layar.xdsgen.telemetry.StatPrefixes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chains of a gateway's servers without HTTP: bytes, TLS terminated, TLS passed on. */
final class GatewayTcp {
    private static final String PARENTS_ANNOTATION = "internal.istio.io/parents";

    private final ProxyView view;
    private final ChainContext context;
    private final TcpChains tcp;
    private final TcpChains withoutPolicies;
    private final Map<Integer, MergedGateway.KnownHosts> sniByPort = new HashMap<>();

    GatewayTcp(ProxyView view, ChainContext context) {
        this.view = view;
        this.context = context;
        this.tcp = new TcpChains(view, context, context.policies());
        this.withoutPolicies = new TcpChains(view, context, ChainPolicies.NONE);
    }

    List<ChainSpec> chains(BoundServer server, int listenPort) {
        if (server.isAutoPassthrough()) {
            return autoPassthrough(server);
        }
        if (server.isPassthrough()) {
            return passthrough(server, listenPort);
        }
        ImmutableList<Filter> filters = terminated(server);
        if (filters.isEmpty()) {
            return List.of();
        }
        if (server.tls() == null) {
            return List.of(ChainSpec.of(ChainMatch.ALL, null, filters));
        }
        boolean bytes = !server.protocol().isHttp() && server.protocol() != Protocol.HTTPS;
        return List.of(new ChainSpec(
                ChainMatch.sni(server.sniHosts()), null, context.tls().server(server.tls(), bytes), null, filters));
    }

    private static ServicePort port(BoundServer server) {
        return new ServicePort(server.port().name(), server.port().number(), server.protocol());
    }

    private List<MergedVirtualService> owners(BoundServer server) {
        return view.virtualServicesForGateway(server.gateway()).stream()
                .filter(owner -> GatewayHosts.meet(server.hosts(), owner.spec().hosts(), owner.namespace()))
                .toList();
    }

    /** The first TCP route that fits; empty when none does. */
    private ImmutableList<Filter> terminated(BoundServer server) {
        boolean exchange = server.tls() != null && server.tls().mode() == TLSmode.ISTIO_MUTUAL;
        for (MergedVirtualService owner : owners(server)) {
            for (TCPRoute route : owner.spec().tcp()) {
                boolean fits = route.match().isEmpty() || route.match().stream().anyMatch(match -> fits(match, server));
                if (fits && !route.route().isEmpty()) {
                    return tcp.toRoute(route.route(), port(server), owner, exchange);
                }
            }
            // A TLSRoute of the Gateway API may end at a server that terminates.
            if (owner.resource()
                    .metadata()
                    .annotations()
                    .getOrDefault(PARENTS_ANNOTATION, "")
                    .startsWith("TLSRoute/")) {
                for (TLSRoute route : owner.spec().tls()) {
                    if (route.match().stream().anyMatch(match -> fits(match, server))) {
                        return tcp.toRoute(route.route(), port(server), owner, exchange);
                    }
                }
            }
        }
        return ImmutableList.of();
    }

    /** A chain for each TLS match, unless one of its SNI hosts already has a chain on that port. */
    private List<ChainSpec> passthrough(BoundServer server, int listenPort) {
        List<ChainSpec> out = new ArrayList<>();
        for (MergedVirtualService owner : owners(server)) {
            for (TLSRoute route : owner.spec().tls()) {
                for (TLSMatchAttributes match : route.match()) {
                    if (!route.route().isEmpty()
                            && fits(match, server)
                            && sniByPort
                                    .computeIfAbsent(listenPort, p -> new MergedGateway.KnownHosts())
                                    .add(match.sniHosts(), server.bind())) {
                        out.add(ChainSpec.of(
                                ChainMatch.sni(match.sniHosts()),
                                null,
                                tcp.toRoute(route.route(), port(server), owner, false)));
                    }
                }
            }
        }
        return out;
    }

    private static boolean fits(L4MatchAttributes match, BoundServer server) {
        return fits(match.port(), match.gateways(), server);
    }

    private static boolean fits(TLSMatchAttributes match, BoundServer server) {
        return fits(match.port(), match.gateways(), server);
    }

    private static boolean fits(int port, List<String> gateways, BoundServer server) {
        return (port == 0 || port == server.port().number())
                && (gateways.isEmpty() || gateways.contains(server.gateway()));
    }

    /** Any service and subset by the SNI that sidecars of another network use for it; only mesh TLS gets through. */
    private List<ChainSpec> autoPassthrough(BoundServer server) {
        List<ChainSpec> out = new ArrayList<>();
        for (Service service : view.scope().services()) {
            boolean exposed = !service.meshExternal()
                    && server.sniHosts().stream().anyMatch(host -> Hosts.isSubset(service.hostname(), host));
            if (!exposed) {
                continue;
            }
            DestinationRule rule = withoutPolicies.rule(service.hostname());
            for (ServicePort port : service.ports()) {
                if (port.protocol() != Protocol.UDP) {
                    out.add(bySni(service, port, "", rule));
                    if (rule != null) {
                        rule.subsets().stream()
                                .map(Subset::name)
                                .forEach(subset -> out.add(bySni(service, port, subset, rule)));
                    }
                }
            }
        }
        return out;
    }

    private ChainSpec bySni(Service service, ServicePort port, String subset, @Nullable DestinationRule rule) {
        String cluster = ClusterNames.outboundSni(port.port(), subset, service.hostname());
        String pattern = context.mesh().outboundClusterStatName();
        String prefix = pattern.isEmpty()
                ? cluster
                : StatPrefixes.outbound(pattern, service.hostname(), subset, port.port(), port.name(), service);
        return ChainSpec.of(
                ChainMatch.sni(List.of(cluster)).withProtocols(Alpn.ALL_MTLS, ""),
                null,
                withoutPolicies.toCluster(prefix, cluster, subset, port, rule, false, false));
    }
}
