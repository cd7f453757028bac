package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.ExtraSourceAddress;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.layar.config.mesh.MeshConfig.InboundTrafficPolicy;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.IstioIngressListener;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.mesh.service.ServiceTarget;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.endpoint.TrafficPolicies;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.envoy.Protos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sidecar's clusters for its own workload: one for each port that services or a Sidecar's ingress name. */
final class InboundClusters {
    /** The longest duration that fits: connections to the workload are never cleaned up. */
    private static final long MAX_SECONDS = 9_223_372_035L;

    private static final String LOCALHOST_V4 = "127.0.0.1";
    private static final String LOCALHOST_V6 = "::1";

    /** A built cluster and the hosts of the services behind it, by which patches find it. */
    record Built(XdsResource resource, ImmutableList<String> hosts) {}

    private final ProxyView view;
    private final ClusterBase base;

    InboundClusters(ProxyView view) {
        this.view = view;
        this.base = new ClusterBase(view);
    }

    List<Built> build() {
        if (!view.scope().hasIngressListeners()) {
            // Without interception nothing but a Sidecar may say what the proxy listens on.
            return view.proxy().interception() == Proxy.Interception.NONE ? List.of() : ofServices(ImmutableSet.of());
        }
        List<Built> out = new ArrayList<>();
        List<IstioIngressListener> listeners = ingress();
        if (view.isOn(Feature.ENABLE_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE)) {
            out.addAll(ofServices(listeners.stream()
                    .map(l -> IngressEndpoint.port(l).port())
                    .collect(ImmutableSet.toImmutableSet())));
        }
        for (IstioIngressListener listener : listeners) {
            Built built = ofIngress(listener);
            if (built != null) {
                out.add(built);
            }
        }
        return out;
    }

    private List<IstioIngressListener> ingress() {
        var sidecar = view.scope().sidecar();
        return sidecar == null ? List.of() : sidecar.ingress();
    }

    private List<Built> ofServices(Set<Integer> taken) {
        Map<Integer, List<ServiceTarget>> byPort = new LinkedHashMap<>();
        for (ServiceTarget target : view.targets()) {
            byPort.computeIfAbsent(target.targetPort(), k -> new ArrayList<>()).add(target);
        }
        InboundTrafficPolicy policy = view.mesh().inboundTrafficPolicy();
        boolean local = policy != null && policy.mode() == InboundTrafficPolicy.Mode.LOCALHOST;
        String bind = local ? (view.proxy().supportsIpv4() ? LOCALHOST_V4 : LOCALHOST_V6) : "";
        List<Built> out = new ArrayList<>();
        byPort.forEach((port, targets) -> {
            if (!taken.contains(port)) {
                out.add(cluster(port, bind, targets));
            }
        });
        return out;
    }

    private @Nullable Built ofIngress(IstioIngressListener listener) {
        IngressEndpoint endpoint = IngressEndpoint.of(listener, view.proxy());
        if (endpoint == null) {
            return null;
        }
        ServicePort port = IngressEndpoint.port(listener);
        Service service = view.targets().stream()
                .filter(t -> t.targetPort() == port.port())
                .map(ServiceTarget::service)
                .findFirst()
                .orElseGet(() -> IngressEndpoint.standIn(view.scope()));
        return cluster(port.port(), endpoint.address(), List.of(new ServiceTarget(service, port, endpoint.port())));
    }

    private Built cluster(int port, String bind, List<ServiceTarget> targets) {
        ServiceTarget first = targets.getFirst();
        boolean bound = !bind.isEmpty();
        Cluster.Builder cluster = ClusterBase.named(ClusterNames.inbound(port))
                .setType(bound ? Cluster.DiscoveryType.STATIC : Cluster.DiscoveryType.ORIGINAL_DST);
        cluster.getCommonLbConfigBuilder();
        ClusterDraft draft = new ClusterDraft(cluster, false);
        if (bound) {
            assign(cluster, bind, first.targetPort());
        } else {
            cluster.setCleanupInterval(Duration.newBuilder().setSeconds(MAX_SECONDS));
            Integer override = first.service()
                    .kubernetes()
                    .passthroughTargetPorts()
                    .get(first.port().port());
            if (override != null) {
                cluster.setOriginalDstLbConfig(
                        Cluster.OriginalDstLbConfig.newBuilder().setUpstreamPortOverride(UInt32Value.of(override)));
            }
        }
        base.protocol(draft, first.port());
        addServices(cluster, targets);
        String pattern = view.mesh().inboundClusterStatName();
        if (!pattern.isEmpty()) {
            cluster.setAltStatName(StatNames.of(pattern, first.service(), "", first.port(), port) + ";");
        }
        MergedDestinationRule rule =
                view.scope().destinationRule(first.service().hostname(), null);
        ClusterPolicies.applyInbound(view, draft, policy(rule, draft, first, port));
        if (!bind.equals(LOCALHOST_V4) && !bind.equals(LOCALHOST_V6)) {
            cluster.setUpstreamBindConfig(ownSource());
        }
        return built(draft, targets, rule);
    }

    private static void assign(Cluster.Builder cluster, String bind, int port) {
        cluster.getLoadAssignmentBuilder()
                .setClusterName(cluster.getName())
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(Endpoint.newBuilder().setAddress(Addresses.of(bind, port)))));
    }

    private Built built(ClusterDraft draft, List<ServiceTarget> targets, @Nullable MergedDestinationRule rule) {
        Set<String> origins = new LinkedHashSet<>();
        targets.forEach(t -> origins.addAll(t.service().origins()));
        if (rule != null) {
            origins.addAll(rule.origins());
        }
        origins.addAll(view.scope().origins());
        Cluster cluster = draft.build();
        return new Built(
                new XdsResource(cluster.getName(), cluster, ImmutableList.copyOf(origins)),
                targets.stream().map(t -> t.service().hostname()).collect(ImmutableList.toImmutableList()));
    }

    /** All services on this very port; one that a Sidecar's ingress stands in for is none. */
    private void addServices(Cluster.Builder cluster, List<ServiceTarget> targets) {
        if (targets.getFirst().service().meshExternal()) {
            return;
        }
        Map<String, Service> services = new LinkedHashMap<>();
        for (ServiceTarget target : targets) {
            if (target.port().port() == targets.getFirst().port().port()) {
                services.putIfAbsent(target.service().hostname(), target.service());
            }
        }
        base.addServices(cluster, List.copyOf(services.values()));
    }

    /** The server takes as much as the rule lets clients send; the Sidecar has the last word. */
    private @Nullable TrafficPolicy policy(
            @Nullable MergedDestinationRule rule, ClusterDraft draft, ServiceTarget target, int port) {
        TrafficPolicy policy = null;
        if (rule != null && rule.spec().trafficPolicy() != null) {
            policy = TrafficPolicies.atPort(
                    rule.spec().trafficPolicy(), target.port().port());
            if (ClusterBase.hasIstio(draft.cluster())) {
                ClusterBase.putIstio(draft.cluster(), "config", Protos.text(ConfigMetadata.path(rule.resource())));
            }
        }
        policy = TrafficPolicies.withMeshDefault(view.mesh(), policy);
        ConnectionPoolSettings own = view.scope().inboundPool(port);
        if (own == null) {
            return policy;
        }
        TrafficPolicy p = policy == null ? TrafficPolicies.EMPTY : policy;
        return new TrafficPolicy(
                p.loadBalancer(),
                own,
                p.outlierDetection(),
                p.tls(),
                ImmutableList.of(),
                p.tunnel(),
                p.proxyProtocol(),
                p.retryBudget());
    }

    private BindConfig ownSource() {
        boolean v4 = view.proxy().supportsIpv4();
        boolean v6 = view.proxy().supportsIpv6();
        BindConfig.Builder out = BindConfig.newBuilder()
                .setSourceAddress(SpecialClusters.source(v4 ? SpecialClusters.OWN_IPV4 : SpecialClusters.OWN_IPV6));
        if (v4 && v6 && view.isOn(Feature.ENABLE_DUAL_STACK)) {
            out.addExtraSourceAddresses(
                    ExtraSourceAddress.newBuilder().setAddress(SpecialClusters.source(SpecialClusters.OWN_IPV6)));
        }
        return out.build();
    }
}
