package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.grpc_web.v3.GrpcWeb;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.http.stateful_session.v3.StatefulSession;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.istio.alpn.FilterConfig;
import io.layar.xdsgen.istio.alpn.FilterConfig.AlpnOverride;
import io.layar.xdsgen.istio.alpn.FilterConfig.Protocol;
import java.util.List;

/** HTTP filters whose configuration is always the same, or nearly so. */
public final class HttpFilters {
    public static final String FAULT_NAME = "envoy.filters.http.fault";
    public static final String CORS_NAME = "envoy.filters.http.cors";
    public static final String STATEFUL_SESSION_NAME = "envoy.filters.http.stateful_session";
    public static final String STATS_NAME = "istio.stats";

    public static final HttpFilter FAULT = filter(FAULT_NAME, HTTPFault.getDefaultInstance());
    public static final HttpFilter CORS = filter(CORS_NAME, Cors.getDefaultInstance());
    public static final HttpFilter GRPC_WEB = filter("envoy.filters.http.grpc_web", GrpcWeb.getDefaultInstance());
    public static final HttpFilter GRPC_STATS = filter(
            "envoy.filters.http.grpc_stats",
            io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig.newBuilder()
                    .setEmitFilterState(true)
                    .setStatsForAllMethods(Protos.FALSE)
                    .build());
    /** Present so that a route may override it for a service with sticky sessions. */
    public static final HttpFilter EMPTY_SESSION = filter(STATEFUL_SESSION_NAME, StatefulSession.getDefaultInstance());
    /** Tells the upstream's TLS by ALPN which protocol is inside. "istio" stays for old peers, the last for strangers. */
    public static final HttpFilter ALPN = filter(
            "istio.alpn",
            FilterConfig.newBuilder()
                    .addAlpnOverride(override(Protocol.HTTP10, "istio-http/1.0", "istio", "http/1.0"))
                    .addAlpnOverride(override(Protocol.HTTP11, "istio-http/1.1", "istio", "http/1.1"))
                    .addAlpnOverride(override(Protocol.HTTP2, "istio-h2", "istio", "h2"))
                    .build());

    private static final String PEER_METADATA_TYPE = "type.googleapis.com/io.istio.http.peer_metadata.Config";
    private static final ImmutableMap<String, Object> ISTIO_HEADERS =
            ImmutableMap.of("istio_headers", ImmutableMap.of());
    private static final ImmutableMap<String, Object> SKIP_EXTERNAL =
            ImmutableMap.of("istio_headers", ImmutableMap.of("skip_external_clusters", true));
    private static final ImmutableList<Object> DISCOVERY =
            ImmutableList.of(ISTIO_HEADERS, ImmutableMap.of("workload_discovery", ImmutableMap.of()));

    private HttpFilters() {}

    public static HttpFilter filter(String name, Message config) {
        return filter(name, Protos.pack(config));
    }

    public static HttpFilter filter(String name, Any config) {
        return HttpFilter.newBuilder().setName(name).setTypedConfig(config).build();
    }

    public static HttpFilter router(boolean suppressEnvoyHeaders) {
        return filter(
                "envoy.filters.http.router",
                Router.newBuilder()
                        .setSuppressEnvoyHeaders(suppressEnvoyHeaders)
                        .build());
    }

    /**
     * Exchanges what each side knows about itself, by headers.
     *
     * @param additionalLabels labels to exchange beyond the usual ones
     */
    public static HttpFilter metadataExchange(
            ListenerClass side, boolean skipExternalClusters, List<String> additionalLabels) {
        String prefix = side == ListenerClass.SIDECAR_INBOUND ? "downstream" : "upstream";
        boolean skip = skipExternalClusters && side != ListenerClass.SIDECAR_INBOUND;
        var fields = ImmutableMap.<String, Object>builder();
        fields.put(prefix + "_discovery", DISCOVERY);
        fields.put(prefix + "_propagation", ImmutableList.of(skip ? SKIP_EXTERNAL : ISTIO_HEADERS));
        if (!additionalLabels.isEmpty()) {
            fields.put("additional_labels", ImmutableList.copyOf(additionalLabels));
        }
        return filter(NetworkFilters.METADATA_EXCHANGE_NAME, Protos.typedStruct(PEER_METADATA_TYPE, fields.build()));
    }

    private static AlpnOverride override(Protocol upstream, String... alpn) {
        return AlpnOverride.newBuilder()
                .setUpstreamProtocol(upstream)
                .addAllAlpnOverride(ImmutableList.copyOf(alpn))
                .build();
    }
}
