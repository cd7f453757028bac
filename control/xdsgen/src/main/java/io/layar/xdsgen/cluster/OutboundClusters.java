package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.HealthStatusSet;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.LoadBalancerSettings.SimpleLB;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.endpoint.EndpointGroups;
import io.layar.xdsgen.endpoint.LocalityGroup;
import io.layar.xdsgen.endpoint.TrafficPolicies;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The clusters of one service's port: its own and those of its subsets. */
final class OutboundClusters {
    /** Plain clusters, or the ones that an east-west gateway passes mutual TLS through by server name. */
    enum Mode {
        OUTBOUND,
        SNI_FORWARDING
    }

    private final ProxyView view;
    private final ClusterBase base;
    private final Service service;
    private final ServicePort port;
    private final Mode mode;
    private final @Nullable MergedDestinationRule rule;

    OutboundClusters(ProxyView view, Service service, ServicePort port, Mode mode) {
        this.view = view;
        this.base = new ClusterBase(view);
        this.service = service;
        this.port = port;
        this.mode = mode;
        this.rule = view.destinationRule(service.hostname());
    }

    /** Empty when a cluster that carries its endpoints has none. */
    ImmutableList<XdsResource> build() {
        String name = name("");
        Cluster.DiscoveryType type = discoveryType();
        ClusterDraft draft = base.of(name, type, groups("", type), service, port);
        if (draft == null) {
            return ImmutableList.of();
        }
        base.addServices(draft.cluster(), List.of(service));
        statName(draft, "");
        if (mode == Mode.OUTBOUND && service.kubernetes().persistentSession()) {
            keepDraining(draft.cluster());
        }
        TrafficPolicy policy = rulePolicy();
        var target = target(policyOfRule(), "");
        apply(draft, policy, target);
        if (service.meshExternal()) {
            ClusterBase.putIstio(
                    draft.cluster(),
                    "external",
                    Value.newBuilder().setBoolValue(true).build());
        }
        if (rule != null) {
            configMetadata(draft.cluster(), policy);
        }
        var out = ImmutableList.<XdsResource>builder().add(resource(draft));
        if (rule != null) {
            for (Subset subset : rule.spec().subsets()) {
                ClusterDraft ofSubset = subset(subset, type, policy);
                if (ofSubset != null) {
                    out.add(resource(ofSubset));
                }
            }
        }
        return out.build();
    }

    private @Nullable ClusterDraft subset(
            Subset subset, Cluster.DiscoveryType ofService, @Nullable TrafficPolicy policy) {
        TrafficPolicy own = subset.trafficPolicy();
        boolean passthrough = isPassthrough(own);
        Cluster.DiscoveryType type = passthrough ? Cluster.DiscoveryType.ORIGINAL_DST : ofService;
        ClusterDraft draft = base.of(name(subset.name()), type, groups(subset.name(), type), service, port);
        if (draft == null) {
            return null;
        }
        base.addServices(draft.cluster(), List.of(service));
        statName(draft, subset.name());
        TrafficPolicy merged = TrafficPolicies.ofSubset(policy, own, port.port());
        apply(draft, merged, target(own, subset.name()));
        configMetadata(draft.cluster(), null);
        ClusterBase.putIstio(draft.cluster(), "subset", Protos.text(subset.name()));
        alpnOverride(draft.cluster(), merged);
        return draft;
    }

    private String name(String subset) {
        return mode == Mode.OUTBOUND
                ? ClusterNames.outbound(port.port(), subset, service.hostname())
                : ClusterNames.outboundSni(port.port(), subset, service.hostname());
    }

    private @Nullable TrafficPolicy policyOfRule() {
        return rule == null ? null : rule.spec().trafficPolicy();
    }

    private @Nullable TrafficPolicy rulePolicy() {
        return TrafficPolicies.withMeshDefault(view.mesh(), TrafficPolicies.atPort(policyOfRule(), port.port()));
    }

    private static boolean isPassthrough(@Nullable TrafficPolicy policy) {
        return policy != null
                && policy.loadBalancer() != null
                && policy.loadBalancer().simple() == SimpleLB.PASSTHROUGH;
    }

    private Cluster.DiscoveryType discoveryType() {
        return switch (service.resolution()) {
            case DNS_LB ->
                service.kubernetes().raceFirstTcpConnect()
                        ? Cluster.DiscoveryType.LOGICAL_DNS
                        : Cluster.DiscoveryType.STRICT_DNS;
            case DNS_ROUND_ROBIN_LB -> Cluster.DiscoveryType.LOGICAL_DNS;
            case PASSTHROUGH ->
                view.proxy().isRouter() || (service.isKubernetes() && view.isOn(Feature.ENABLE_EDS_FOR_HEADLESS))
                        ? Cluster.DiscoveryType.EDS
                        : Cluster.DiscoveryType.ORIGINAL_DST;
            case CLIENT_SIDE_LB, ALIAS, DYNAMIC_DNS -> Cluster.DiscoveryType.EDS;
        };
    }

    /** The endpoints of clusters that carry them. */
    private List<LocalityGroup> groups(String subset, Cluster.DiscoveryType type) {
        if (type != Cluster.DiscoveryType.STRICT_DNS && type != Cluster.DiscoveryType.LOGICAL_DNS) {
            return List.of();
        }
        EndpointGroups builder = new EndpointGroups(view, service, port.port(), subset, rule);
        List<Endpoint> endpoints = view.endpoints(service, port, builder.subsetLabels());
        return builder.of(endpoints, mode == Mode.SNI_FORWARDING);
    }

    private void statName(ClusterDraft draft, String subset) {
        String pattern = view.mesh().outboundClusterStatName();
        if (!pattern.isEmpty()) {
            draft.cluster().setAltStatName(StatNames.of(pattern, service, subset, port, 0) + ";");
        }
    }

    /** Sessions may still be drawn to endpoints that drain. */
    private static void keepDraining(Cluster.Builder cluster) {
        cluster.getCommonLbConfigBuilder()
                .setOverrideHostStatus(HealthStatusSet.newBuilder()
                        .addStatuses(HealthStatus.HEALTHY)
                        .addStatuses(HealthStatus.DRAINING)
                        .addStatuses(HealthStatus.UNKNOWN)
                        .addStatuses(HealthStatus.DEGRADED));
    }

    private TlsTarget target(@Nullable TrafficPolicy ofRule, String subset) {
        boolean selected = rule != null && rule.hasSelector();
        if (mode == Mode.SNI_FORWARDING) {
            return new TlsTarget(ImmutableList.of(), "", false, false, selected, MutualTlsMode.UNKNOWN);
        }
        return new TlsTarget(
                serviceAccounts(),
                ClusterNames.outboundSni(port.port(), subset, service.hostname()),
                service.meshExternal(),
                !service.isKubernetes(),
                selected,
                mutualTlsMode(ofRule));
    }

    private ImmutableList<String> serviceAccounts() {
        TreeSet<String> out = new TreeSet<>(service.serviceAccounts());
        out.addAll(view.endpoints(service).serviceAccounts());
        ImmutableSortedSet<String> expanded =
                TrustDomains.expand(out, view.mesh().trustDomainAliases());
        return expanded.asList();
    }

    /** Best guess without knowing the workloads: the namespace's mode; for passthrough only if all endpoints can. */
    private MutualTlsMode mutualTlsMode(@Nullable TrafficPolicy policy) {
        if (service.meshExternal()) {
            return MutualTlsMode.UNKNOWN;
        }
        if (service.resolution() == Resolution.PASSTHROUGH || isPassthrough(policy)) {
            List<Endpoint> endpoints = view.endpoints(service, port, ImmutableMap.of());
            if (endpoints.isEmpty()
                    || endpoints.stream().anyMatch(e -> e.tlsMode().equals("disabled"))) {
                return MutualTlsMode.DISABLE;
            }
        }
        MutualTlsMode said = view.snapshot().peerAuthentications().namespaceMode(service.namespace());
        return said == MutualTlsMode.UNKNOWN ? MutualTlsMode.PERMISSIVE : said;
    }

    private void apply(ClusterDraft draft, @Nullable TrafficPolicy policy, TlsTarget target) {
        ClusterPolicies.applyOutbound(view, draft, service, port, policy, mode == Mode.OUTBOUND ? target : null);
        if (draft.cluster().getType() == Cluster.DiscoveryType.EDS) {
            draft.cluster()
                    .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                            .setServiceName(draft.cluster().getName())
                            .setEdsConfig(ConfigSource.newBuilder()
                                    .setAds(AggregatedConfigSource.getDefaultInstance())
                                    .setInitialFetchTimeout(Protos.ZERO)
                                    .setResourceApiVersion(ApiVersion.V3)));
        }
        SpecialClusters.metadataExchange(view, draft.cluster());
    }

    private void configMetadata(Cluster.Builder cluster, @Nullable TrafficPolicy policy) {
        if (rule != null) {
            ClusterBase.putIstio(cluster, "config", Protos.text(ConfigMetadata.path(rule.resource())));
            alpnOverride(cluster, policy);
        }
    }

    /** The rule originates TLS of its own: the sidecar's ALPN override must keep out. */
    private static void alpnOverride(Cluster.Builder cluster, @Nullable TrafficPolicy policy) {
        TLSmode tls = policy == null || policy.tls() == null
                ? TLSmode.DISABLE
                : policy.tls().mode();
        if (tls == TLSmode.SIMPLE || tls == TLSmode.MUTUAL) {
            ClusterBase.putIstio(cluster, "alpn_override", Protos.text("false"));
        }
    }

    private XdsResource resource(ClusterDraft draft) {
        var origins = ImmutableList.<String>builder().addAll(service.origins());
        if (rule != null) {
            origins.addAll(rule.origins());
        }
        Cluster cluster = draft.build();
        return new XdsResource(cluster.getName(), cluster, origins.build());
    }
}
