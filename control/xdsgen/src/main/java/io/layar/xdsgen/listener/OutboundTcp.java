package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import io.layar.config.networking.L4MatchAttributes;
import io.layar.config.networking.TCPRoute;
import io.layar.config.networking.TLSMatchAttributes;
import io.layar.config.networking.TLSRoute;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.service.Hosts;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceKey;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.filterchain.ChainMatch;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.TcpChains;
import io.layar.xdsgen.route.HostDomains;
import io.layar.xdsgen.route.HttpRoutes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The chains of an outbound listener that carry bytes: TLS by SNI, TCP by destination, as VirtualServices route them. */
final class OutboundTcp {
    private final ProxyView view;
    private final TcpChains tcp;

    OutboundTcp(ProxyView view, TcpChains tcp) {
        this.view = view;
        this.tcp = tcp;
    }

    List<ChainSpec> chains(OutboundRequest request) {
        List<MergedVirtualService> owners = request.virtualServices().stream()
                .filter(owner -> owner.spec().hosts().stream()
                        .anyMatch(host -> Hosts.overlap(host, request.service().hostname())))
                .toList();
        return request.port().protocol().isTls() ? tls(request, owners) : tcp(request, owners);
    }

    /** Two matches that the proxy cannot tell apart: only the first one is sent, the other is never reached. */
    private List<ChainSpec> tls(OutboundRequest request, List<MergedVirtualService> owners) {
        List<ChainSpec> out = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        ImmutableList<String> cidrs = request.cidrs();
        for (MergedVirtualService owner : owners) {
            for (TLSRoute route : owner.spec().tls()) {
                for (TLSMatchAttributes match : route.match()) {
                    if (route.route().isEmpty() || !applies(match, request)) {
                        continue;
                    }
                    if (!match.destinationSubnets().isEmpty() && request.port().port() > 0) {
                        cidrs = match.destinationSubnets();
                    }
                    if (seen.add(match.sniHosts() + "|" + match.destinationSubnets())) {
                        out.add(ChainSpec.of(
                                ChainMatch.sni(match.sniHosts()).withCidrs(cidrs),
                                ConfigMetadata.of(owner.resource()),
                                tcp.toRoute(route.route(), request.port(), owner, false)));
                    }
                }
            }
        }
        if (out.isEmpty()) {
            ChainMatch match = ChainMatch.sni(needsSni(request) ? sniHosts(request.service()) : List.of());
            out.add(toService(request, match.withCidrs(request.cidrs())));
        }
        return out;
    }

    /** SNI tells services apart only where the address does not: on a wildcard, or for a range. */
    private boolean needsSni(OutboundRequest request) {
        if (request.perPod()) {
            return false;
        }
        Service service = request.service();
        String address = view.address(service);
        if (address.contains("/")) {
            address = "";
        }
        boolean onlyV6 = !view.proxy().supportsIpv4();
        if (!service.isKubernetes() && onlyV6 && address.equals(Binding.ANY_V4)) {
            address = Binding.ANY_V6;
        }
        String wildcard = onlyV6 ? Binding.ANY_V6 : Binding.ANY_V4;
        return !request.cidrs().isEmpty()
                || address.isEmpty()
                || (address.equals(wildcard) && request.binding().primary().equals(wildcard))
                || DynamicForwarding.isFor(service);
    }

    private List<String> sniHosts(Service service) {
        List<String> hosts = new ArrayList<>();
        hosts.add(service.hostname());
        for (ServiceKey alias : service.kubernetes().aliases()) {
            hosts.add(alias.hostname());
            hosts.addAll(HostDomains.alternatives(
                    alias.hostname(),
                    0,
                    view.proxy().dnsDomain(),
                    view.isOn(Feature.ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN)));
        }
        return hosts;
    }

    private boolean applies(TLSMatchAttributes match, OutboundRequest request) {
        return here(match.gateways(), match.sourceLabels(), match.sourceNamespace())
                && (match.port() == 0 || match.port() == request.port().port());
    }

    private boolean applies(L4MatchAttributes match, OutboundRequest request) {
        return here(match.gateways(), match.sourceLabels(), match.sourceNamespace())
                && (match.port() == 0 || match.port() == request.port().port());
    }

    private boolean here(List<String> gateways, Map<String, String> labels, String namespace) {
        return (gateways.isEmpty() || gateways.contains(VirtualServiceIndex.MESH))
                && HttpRoutes.isSubset(labels, view.proxy().labels())
                && (namespace.isEmpty() || namespace.equals(view.proxy().namespace()));
    }

    /** Order: as routed; a route without destination subnets takes all the rest, so nothing behind it is sent. */
    private List<ChainSpec> tcp(OutboundRequest request, List<MergedVirtualService> owners) {
        List<ChainSpec> out = new ArrayList<>();
        boolean covered = false;
        for (MergedVirtualService owner : owners) {
            for (TCPRoute route : owner.spec().tcp()) {
                if (route.route().isEmpty()) {
                    continue;
                }
                List<L4MatchAttributes> matches = route.match().stream()
                        .filter(match -> applies(match, request))
                        .toList();
                boolean whole = route.match().isEmpty()
                        || matches.stream()
                                .anyMatch(match -> match.destinationSubnets().isEmpty()
                                        || request.port().port() == 0);
                if (whole) {
                    out.add(ChainSpec.of(
                            ChainMatch.cidrs(request.cidrs()),
                            ConfigMetadata.of(owner.resource()),
                            tcp.toRoute(route.route(), request.port(), owner, false)));
                    return out;
                }
                List<String> subnets = matches.stream()
                        .flatMap(match -> match.destinationSubnets().stream())
                        .toList();
                if (!subnets.isEmpty()) {
                    out.add(ChainSpec.of(
                            ChainMatch.cidrs(subnets), null, tcp.toRoute(route.route(), request.port(), owner, false)));
                    covered |= Ordering.natural()
                            .sortedCopy(subnets)
                            .equals(Ordering.natural().sortedCopy(request.cidrs()));
                }
            }
        }
        if (!covered) {
            out.add(toService(request, ChainMatch.cidrs(request.cidrs())));
        }
        return out;
    }

    /** The service's only port, should the listener be on another one. */
    private ChainSpec toService(OutboundRequest request, ChainMatch match) {
        Service service = request.service();
        int port = service.ports().size() == 1
                ? service.ports().getFirst().port()
                : request.port().port();
        return ChainSpec.of(
                match,
                null,
                tcp.toService(
                        service,
                        port,
                        request.port(),
                        DynamicForwarding.tls(view, service, request.port().port())));
    }
}
