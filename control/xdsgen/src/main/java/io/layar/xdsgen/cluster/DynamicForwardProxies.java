package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.endpoint.TrafficPolicies;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.envoy.Protos;
import org.jspecify.annotations.Nullable;

/** Clusters that resolve the host of each request. */
final class DynamicForwardProxies {
    private static final String TYPE = "envoy.clusters.dynamic_forward_proxy";

    private DynamicForwardProxies() {}

    /** Which protocols name their host, so that it can be resolved? */
    static boolean supports(ServicePort port) {
        return switch (port.protocol()) {
            case HTTP, TLS, GRPC, HTTP2 -> true;
            case GRPC_WEB, HTTP_PROXY, HTTPS, TCP, UDP, MONGO, REDIS, MYSQL, HBONE, DOUBLE_HBONE, UNSUPPORTED -> false;
        };
    }

    /** The cluster of a wildcard service that is resolved as asked for. */
    static XdsResource ofService(ProxyView view, Service service, ServicePort port) {
        ClusterBase base = new ClusterBase(view);
        String name = ClusterNames.outbound(port.port(), "", service.hostname());
        DnsCacheConfig cache = DnsCaches.ofHost(view, service.hostname());
        ClusterDraft draft = new ClusterDraft(cluster(name, cache, false), true);
        base.protocol(draft, port);
        MergedDestinationRule rule = view.destinationRule(service.hostname());
        TrafficPolicy ofRule = rule == null ? null : rule.spec().trafficPolicy();
        TrafficPolicy policy =
                TrafficPolicies.withMeshDefault(view.mesh(), TrafficPolicies.atPort(ofRule, port.port()));
        TlsTarget target = new TlsTarget(
                ImmutableList.of(),
                "",
                service.meshExternal(),
                !service.isKubernetes(),
                rule != null && rule.hasSelector(),
                mode(view, service));
        ClusterPolicies.applyOutbound(view, draft, service, port, policy, target);
        SpecialClusters.metadataExchange(view, draft.cluster());
        if (service.meshExternal()) {
            ClusterBase.putIstio(
                    draft.cluster(),
                    "external",
                    Value.newBuilder().setBoolValue(true).build());
        }
        addRule(draft.cluster(), rule, policy);
        var origins = ImmutableList.<String>builder().addAll(service.origins());
        if (rule != null) {
            origins.addAll(rule.origins());
        }
        return new XdsResource(name, draft.build(), origins.build());
    }

    private static MutualTlsMode mode(ProxyView view, Service service) {
        MutualTlsMode said = service.meshExternal()
                ? MutualTlsMode.UNKNOWN
                : view.snapshot().peerAuthentications().namespaceMode(service.namespace());
        return said == MutualTlsMode.UNKNOWN && !service.meshExternal() ? MutualTlsMode.PERMISSIVE : said;
    }

    private static void addRule(
            Cluster.Builder cluster, @Nullable MergedDestinationRule rule, @Nullable TrafficPolicy policy) {
        if (rule == null) {
            return;
        }
        ClusterBase.putIstio(cluster, "config", Protos.text(ConfigMetadata.path(rule.resource())));
        TLSmode tls = policy == null || policy.tls() == null
                ? TLSmode.DISABLE
                : policy.tls().mode();
        if (tls == TLSmode.SIMPLE || tls == TLSmode.MUTUAL) {
            ClusterBase.putIstio(cluster, "alpn_override", Protos.text("false"));
        }
    }

    /** Where sidecars may call any host by its name. */
    static Cluster allowAny(ProxyView view, @Nullable ClientTLSSettings tls) {
        boolean plain = tls == null || tls.mode() == TLSmode.DISABLE;
        DnsCacheConfig cache = DnsCaches.ofAnyHost(view);
        Cluster.Builder cluster = cluster(ClusterNames.ALLOW_ANY_DYNAMIC_DNS, cache, plain)
                .putTypedExtensionProtocolOptions(ClusterDraft.HTTP_OPTIONS, SpecialClusters.asDownstream(view));
        SpecialClusters.connectTimeout(view, cluster);
        ClusterDraft draft = new ClusterDraft(cluster, true);
        ConnectionPools.apply(view, draft, ConnectionPools.DEFAULTS, null);
        if (!plain && tls != null) {
            var socket = UpstreamTls.socket(view, draft, TlsTarget.UNKNOWN, tls);
            if (socket != null) {
                cluster.setTransportSocket(socket);
            }
        }
        SpecialClusters.metadataExchange(view, cluster);
        return draft.build();
    }

    private static Cluster.Builder cluster(String name, DnsCacheConfig cache, boolean insecureOptions) {
        return ClusterBase.named(name)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .setClusterType(Cluster.CustomClusterType.newBuilder()
                        .setName(TYPE)
                        .setTypedConfig(Protos.pack(ClusterConfig.newBuilder()
                                .setDnsCacheConfig(cache)
                                .setAllowInsecureClusterOptions(insecureOptions)
                                .build())));
    }
}
