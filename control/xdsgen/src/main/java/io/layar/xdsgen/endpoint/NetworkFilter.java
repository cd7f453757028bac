package io.layar.xdsgen.endpoint;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.layar.mesh.ProxyView;
import io.layar.mesh.kube.TopologyLabels;
import io.layar.mesh.proxy.ProxyType;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Locality;
import io.layar.mesh.service.NetworkGateways;
import io.layar.mesh.service.NetworkGateways.Gateway;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the gateways of other networks in the place of the endpoints there, with the sum of their weights. */
final class NetworkFilter {
    private final ProxyView view;
    private final NetworkGateways gateways;
    private final LbEndpoints lbEndpoints;

    NetworkFilter(ProxyView view, NetworkGateways gateways, LbEndpoints lbEndpoints) {
        this.view = view;
        this.gateways = gateways;
        this.lbEndpoints = lbEndpoints;
    }

    List<LocalityGroup> apply(List<LocalityGroup> groups) {
        return gateways.isMultiNetwork() ? groups.stream().map(this::filtered).toList() : groups;
    }

    private LocalityGroup filtered(LocalityGroup group) {
        LocalityGroup out = group.sibling();
        Map<Gateway, Long> weights = new LinkedHashMap<>();
        for (int i = 0; i < group.lbEndpoints().size(); i++) {
            Endpoint endpoint = group.endpoints().get(i);
            LbEndpoint scaled = scaled(group.lbEndpoints().get(i));
            List<Gateway> ways = waysTo(endpoint);
            boolean unknownSelf =
                    view.proxy().network().isEmpty() && !endpoint.network().isEmpty() && !ways.isEmpty();
            if (!unknownSelf && (view.inNetwork(endpoint.network()) || ways.isEmpty())) {
                if (!endpoint.address().isEmpty()) {
                    out.add(endpoint, scaled);
                }
                continue;
            }
            List<Gateway> reachable = ways.stream().filter(this::isReachable).toList();
            if (!reachable.isEmpty() && LbEndpoints.isMutualTls(scaled)) {
                long each =
                        Integer.toUnsignedLong(scaled.getLoadBalancingWeight().getValue()) / reachable.size();
                reachable.forEach(gateway -> weights.merge(gateway, each, Long::sum));
            }
        }
        addGateways(out, weights);
        out.sumWeights();
        return out;
    }

    private void addGateways(LocalityGroup out, Map<Gateway, Long> weights) {
        for (Gateway gateway : gateways.all()) {
            Long weight = weights.get(gateway);
            if (weight != null) {
                out.add(standIn(gateway), lbEndpoints.ofGateway(gateway, (int) Math.max(1, weight)));
            }
        }
    }

    private LbEndpoint scaled(LbEndpoint endpoint) {
        long weight = Integer.toUnsignedLong(endpoint.getLoadBalancingWeight().getValue()) * gateways.weightScale();
        return endpoint.toBuilder()
                .setLoadBalancingWeight(UInt32Value.of((int) Math.min(weight, 0xffffffffL)))
                .build();
    }

    private List<Gateway> waysTo(Endpoint endpoint) {
        List<Gateway> ways = gateways.into(endpoint.network(), endpoint.clusterId());
        return view.proxy().type() == ProxyType.SIDECAR
                ? ways.stream().filter(g -> g.port() != 0).toList()
                : ways;
    }

    private boolean isReachable(Gateway gateway) {
        boolean v4 = view.proxy().supportsIpv4();
        boolean v6 = view.proxy().supportsIpv6();
        if (v4 && v6) {
            return true;
        }
        return InetAddresses.isInetAddress(gateway.address())
                && (InetAddresses.forString(gateway.address()) instanceof Inet4Address ? v4 : v6);
    }

    /** Stands for the gateway where endpoints are compared with the proxy by labels. */
    private static Endpoint standIn(Gateway gateway) {
        return new Endpoint(
                ImmutableList.of(gateway.address()),
                gateway.port(),
                "",
                0,
                TopologyLabels.augment(Map.of(), gateway.clusterId(), Locality.NONE, "", gateway.network()),
                "",
                "",
                "",
                gateway.network(),
                Locality.NONE,
                gateway.clusterId(),
                0,
                LbEndpoints.ISTIO_MUTUAL,
                HealthStatus.HEALTHY,
                "",
                "",
                "",
                false);
    }

    /** Only those that take mutual TLS: an east-west gateway cannot tell otherwise. */
    static List<LocalityGroup> mutualTlsOnly(List<LocalityGroup> groups) {
        List<LocalityGroup> out = new ArrayList<>();
        for (LocalityGroup group : groups) {
            LocalityGroup some = group.sibling();
            for (int i = 0; i < group.lbEndpoints().size(); i++) {
                if (LbEndpoints.isMutualTls(group.lbEndpoints().get(i))) {
                    some.add(group.endpoints().get(i), group.lbEndpoints().get(i));
                }
            }
            some.sumWeights();
            out.add(some);
        }
        return out;
    }
}
