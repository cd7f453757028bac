package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Filter;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.ExtraSourceAddress;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import java.time.Duration;

/** Clusters that no service asks for. */
final class SpecialClusters {
    static final String EXTERNAL_SDS = "sds-external";
    /** Source addresses by which the capture rules know a sidecar's own connections to its workload. */
    static final String OWN_IPV4 = "127.0.0.6";

    static final String OWN_IPV6 = "::6";
    private static final String EXTERNAL_SDS_SOCKET = "./var/run/secrets/credential-uds/socket";
    private static final Duration PASSTHROUGH_IDLE = Duration.ofMinutes(5);

    private SpecialClusters() {}

    static Cluster blackHole(ProxyView view) {
        Cluster.Builder out = ClusterBase.named(ClusterNames.BLACK_HOLE).setType(Cluster.DiscoveryType.STATIC);
        connectTimeout(view, out);
        return out.build();
    }

    static Cluster passthrough(ProxyView view) {
        Cluster.Builder out = passthrough(view, ClusterNames.PASSTHROUGH);
        metadataExchange(view, out);
        return out.build();
    }

    private static Cluster.Builder passthrough(ProxyView view, String name) {
        Cluster.Builder out = ClusterBase.named(name)
                .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .putTypedExtensionProtocolOptions(ClusterDraft.HTTP_OPTIONS, asDownstream(view));
        connectTimeout(view, out);
        var byDefault = view.mesh().defaultTrafficPolicy();
        ConnectionPoolSettings pool = byDefault == null || byDefault.connectionPool() == null
                ? ConnectionPools.DEFAULTS
                : byDefault.connectionPool();
        // Of the pool only what concerns connections counts: the HTTP options stay as they are.
        ConnectionPools.apply(view, new ClusterDraft(out, false), pool, null);
        return out;
    }

    /** To ports of the workload that no service names. */
    static Cluster inboundPassthrough(ProxyView view) {
        boolean v4 = view.proxy().supportsIpv4();
        BindConfig.Builder bind = BindConfig.newBuilder().setSourceAddress(source(v4 ? OWN_IPV4 : OWN_IPV6));
        if (v4 && view.proxy().supportsIpv6()) {
            bind.addExtraSourceAddresses(ExtraSourceAddress.newBuilder().setAddress(source(OWN_IPV6)));
        }
        return passthrough(view, ClusterNames.INBOUND_PASSTHROUGH)
                .setAltStatName(ClusterNames.PASSTHROUGH + ";")
                .setUpstreamBindConfig(bind)
                .build();
    }

    static SocketAddress source(String address) {
        return SocketAddress.newBuilder().setAddress(address).setPortValue(0).build();
    }

    static void connectTimeout(ProxyView view, Cluster.Builder cluster) {
        Duration timeout = view.mesh().connectTimeout();
        if (timeout != null) {
            cluster.setConnectTimeout(Protos.duration(timeout));
        }
    }

    /** HTTP as the client speaks it, idle for at most five minutes. */
    static Any asDownstream(ProxyView view) {
        return Protos.pack(
                io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.newBuilder()
                        .setCommonHttpProtocolOptions(
                                HttpProtocolOptions.newBuilder().setIdleTimeout(Protos.duration(PASSTHROUGH_IDLE)))
                        .setUseDownstreamProtocolConfig(io.envoyproxy.envoy.extensions.upstreams.http.v3
                                .HttpProtocolOptions.UseDownstreamHttpConfig.newBuilder()
                                .setHttpProtocolOptions(
                                        ClusterBase.preservesCase(view)
                                                ? ClusterBase.preservingCase()
                                                : Http1ProtocolOptions.getDefaultInstance())
                                .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
                        .build());
    }

    /** The filter that tells peers of TCP connections who they are. */
    static void metadataExchange(ProxyView view, Cluster.Builder cluster) {
        if (view.isOn(Feature.METADATA_EXCHANGE)) {
            cluster.addFilters(Filter.newBuilder()
                    .setName("istio.metadata_exchange")
                    .setTypedConfig(Protos.typedStruct(
                            "type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange",
                            ImmutableMap.of("enable_discovery", true, "protocol", "istio-peer-exchange"))));
        }
    }

    /** A server of secrets on the gateway's own pod. */
    static Cluster externalSds(ProxyView view) {
        Cluster.Builder out = ClusterBase.named(EXTERNAL_SDS).setType(Cluster.DiscoveryType.STATIC);
        connectTimeout(view, out);
        out.getLoadAssignmentBuilder()
                .setClusterName(EXTERNAL_SDS)
                .addEndpointsBuilder()
                .addLbEndpoints(LbEndpoint.newBuilder()
                        .setEndpoint(Endpoint.newBuilder()
                                .setAddress(Address.newBuilder()
                                        .setPipe(Pipe.newBuilder().setPath(EXTERNAL_SDS_SOCKET)))));
        ClusterDraft draft = new ClusterDraft(out, false);
        draft.speakHttp2();
        return draft.build();
    }
}
