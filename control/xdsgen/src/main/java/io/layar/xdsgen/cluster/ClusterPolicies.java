package io.layar.xdsgen.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.endpoint.TrafficPolicies;
import io.layar.xdsgen.envoy.Protos;
import org.jspecify.annotations.Nullable;

/** A traffic policy put on a cluster, part by part. */
final class ClusterPolicies {
    private static final String PROXY_PROTOCOL_SOCKET = "envoy.transport_sockets.upstream_proxy_protocol";

    private ClusterPolicies() {}

    /** @param target null for a cluster that only passes connections through */
    static void applyOutbound(
            ProxyView view,
            ClusterDraft draft,
            Service service,
            ServicePort port,
            @Nullable TrafficPolicy given,
            @Nullable TlsTarget target) {
        TrafficPolicy policy = given == null ? TrafficPolicies.EMPTY : given;
        ConnectionPoolSettings pool =
                policy.connectionPool() == null ? ConnectionPools.DEFAULTS : policy.connectionPool();
        if (ConnectionPools.upgradesToHttp2(view.mesh(), port, pool)) {
            draft.speakHttp2();
        }
        ConnectionPools.apply(view, draft, pool, policy.retryBudget());
        OutlierDetections.apply(view, service, draft, policy.outlierDetection());
        LoadBalancers.apply(view, service, port, draft, policy.loadBalancer());
        if (target != null) {
            UpstreamTls.apply(view, draft, target, policy.tls());
            proxyProtocol(draft.cluster(), policy.proxyProtocol());
        }
        originalDestination(draft.cluster());
    }

    /** Of a policy only the connection pool counts where the workload itself is the upstream. */
    static void applyInbound(ProxyView view, ClusterDraft draft, @Nullable TrafficPolicy given) {
        TrafficPolicy policy = given == null ? TrafficPolicies.EMPTY : given;
        ConnectionPoolSettings pool =
                policy.connectionPool() == null ? ConnectionPools.DEFAULTS : policy.connectionPool();
        ConnectionPools.apply(view, draft, pool, policy.retryBudget());
        originalDestination(draft.cluster());
    }

    private static void originalDestination(Cluster.Builder cluster) {
        if (cluster.getClusterDiscoveryTypeCase() == Cluster.ClusterDiscoveryTypeCase.TYPE
                && cluster.getType() == Cluster.DiscoveryType.ORIGINAL_DST) {
            cluster.setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED);
        }
    }

    private static void proxyProtocol(Cluster.Builder cluster, TrafficPolicy.@Nullable ProxyProtocol settings) {
        if (settings == null) {
            return;
        }
        if (!cluster.hasTransportSocket() && cluster.getTransportSocketMatchesCount() == 0) {
            TransportSocket plain =
                    UpstreamTls.rawBuffer().toBuilder().setName("raw_buffer").build();
            cluster.setTransportSocket(wrapped(plain, settings));
            return;
        }
        if (cluster.hasTransportSocket()) {
            cluster.setTransportSocket(wrapped(cluster.getTransportSocket(), settings));
        }
        cluster.getTransportSocketMatchesBuilderList()
                .forEach(match -> match.setTransportSocket(wrapped(match.getTransportSocket(), settings)));
    }

    private static TransportSocket wrapped(TransportSocket inner, TrafficPolicy.ProxyProtocol settings) {
        ProxyProtocolConfig.Version version = switch (settings.version()) {
            case V1 -> ProxyProtocolConfig.Version.V1;
            case V2 -> ProxyProtocolConfig.Version.V2;
        };
        return TransportSocket.newBuilder()
                .setName(PROXY_PROTOCOL_SOCKET)
                .setTypedConfig(Protos.pack(ProxyProtocolUpstreamTransport.newBuilder()
                        .setConfig(ProxyProtocolConfig.newBuilder().setVersion(version))
                        .setTransportSocket(inner)
                        .build()))
                .build();
    }
}
