package io.layar.proxy.core.cluster;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.outlier.ErrorMatcher;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles how HTTP is spoken to a cluster: the typed options, or the old fields of the cluster itself. */
final class HttpOptionsCompiler {
    private static final String KEY = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final String CODEC_FILTER = "envoy.filters.http.upstream_codec";

    private HttpOptionsCompiler() {}

    static HttpOptions compile(Cluster cluster) {
        for (Map.Entry<String, Any> entry :
                cluster.getTypedExtensionProtocolOptionsMap().entrySet()) {
            String path = "typed_extension_protocol_options[" + entry.getKey() + "]";
            if (!Types.nameOf(entry.getValue().getTypeUrl()).equals(KEY)) {
                throw ConfigRejected.unsupported(
                        path, "protocol options " + entry.getValue().getTypeUrl());
            }
            try {
                return typed(Types.unpack(entry.getValue(), HttpProtocolOptions.getDefaultInstance(), ""), cluster);
            } catch (ConfigRejected e) {
                throw e.within(path);
            }
        }
        return old(cluster);
    }

    @SuppressWarnings("deprecation")
    private static HttpOptions old(Cluster cluster) {
        boolean http2 = cluster.hasHttp2ProtocolOptions();
        HttpOptions.Mode mode =
                cluster.getProtocolSelection() == Cluster.ClusterProtocolSelection.USE_DOWNSTREAM_PROTOCOL
                        ? HttpOptions.Mode.USE_DOWNSTREAM
                        : http2 ? HttpOptions.Mode.HTTP2 : HttpOptions.Mode.HTTP1;
        return options(
                mode,
                cluster.getHttpProtocolOptions(),
                cluster.getHttp2ProtocolOptions(),
                cluster.getCommonHttpProtocolOptions(),
                cluster.getUpstreamHttpProtocolOptions(),
                null,
                Durations.unsigned(cluster.hasMaxRequestsPerConnection(), cluster.getMaxRequestsPerConnection(), 0));
    }

    private static HttpOptions typed(HttpProtocolOptions p, Cluster cluster) {
        for (HttpFilter filter : p.getHttpFiltersList()) {
            if (!filter.getName().equals(CODEC_FILTER)) {
                throw ConfigRejected.unsupported("http_filters", "upstream HTTP filter '" + filter.getName() + "'");
            }
        }
        Fields.refuse(p, "", "header_validation_config");
        return switch (p.getUpstreamProtocolOptionsCase()) {
            case EXPLICIT_HTTP_CONFIG -> explicit(p, cluster);
            case USE_DOWNSTREAM_PROTOCOL_CONFIG -> {
                HttpProtocolOptions.UseDownstreamHttpConfig use = p.getUseDownstreamProtocolConfig();
                Fields.refuse(use, "use_downstream_protocol_config", "http3_protocol_options");
                yield with(
                        HttpOptions.Mode.USE_DOWNSTREAM,
                        use.getHttpProtocolOptions(),
                        use.getHttp2ProtocolOptions(),
                        p,
                        cluster);
            }
            case AUTO_CONFIG -> {
                HttpProtocolOptions.AutoHttpConfig auto = p.getAutoConfig();
                Fields.refuse(auto, "auto_config", "http3_protocol_options", "alternate_protocols_cache_options");
                yield with(
                        HttpOptions.Mode.AUTO,
                        auto.getHttpProtocolOptions(),
                        auto.getHttp2ProtocolOptions(),
                        p,
                        cluster);
            }
            case UPSTREAMPROTOCOLOPTIONS_NOT_SET ->
                throw new ConfigRejected("", "upstream_protocol_options is required");
        };
    }

    private static HttpOptions explicit(HttpProtocolOptions p, Cluster cluster) {
        HttpProtocolOptions.ExplicitHttpConfig config = p.getExplicitHttpConfig();
        return switch (config.getProtocolConfigCase()) {
            case HTTP_PROTOCOL_OPTIONS ->
                with(
                        HttpOptions.Mode.HTTP1,
                        config.getHttpProtocolOptions(),
                        Http2ProtocolOptions.getDefaultInstance(),
                        p,
                        cluster);
            case HTTP2_PROTOCOL_OPTIONS ->
                with(
                        HttpOptions.Mode.HTTP2,
                        Http1ProtocolOptions.getDefaultInstance(),
                        config.getHttp2ProtocolOptions(),
                        p,
                        cluster);
            case HTTP3_PROTOCOL_OPTIONS ->
                throw ConfigRejected.unsupported("explicit_http_config", "http3_protocol_options");
            case PROTOCOLCONFIG_NOT_SET ->
                throw new ConfigRejected("explicit_http_config", "protocol_config is required");
        };
    }

    @SuppressWarnings("deprecation")
    private static HttpOptions with(
            HttpOptions.Mode mode,
            Http1ProtocolOptions http1,
            Http2ProtocolOptions http2,
            HttpProtocolOptions p,
            Cluster cluster) {
        return options(
                mode,
                http1,
                http2,
                p.getCommonHttpProtocolOptions(),
                p.getUpstreamHttpProtocolOptions(),
                p.getOutlierDetection().hasErrorMatcher()
                        ? ErrorMatcher.compile(
                                p.getOutlierDetection().getErrorMatcher(), "outlier_detection.error_matcher")
                        : null,
                Durations.unsigned(cluster.hasMaxRequestsPerConnection(), cluster.getMaxRequestsPerConnection(), 0));
    }

    private static HttpOptions options(
            HttpOptions.Mode mode,
            Http1ProtocolOptions http1,
            Http2ProtocolOptions http2,
            io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions common,
            UpstreamHttpProtocolOptions upstream,
            @Nullable ErrorMatcher errors,
            long oldMaxRequests) {
        return new HttpOptions(
                mode,
                http1,
                http2,
                Durations.millis(common.hasIdleTimeout(), common.getIdleTimeout(), HttpOptions.DEFAULT_IDLE_MILLIS),
                Durations.millis(common.getMaxConnectionDuration()),
                Durations.millis(common.getMaxStreamDuration()),
                Durations.unsigned(
                        common.hasMaxRequestsPerConnection(), common.getMaxRequestsPerConnection(), oldMaxRequests),
                (int) Durations.unsigned(common.hasMaxHeadersCount(), common.getMaxHeadersCount(), 0),
                (int) Durations.unsigned(common.hasMaxResponseHeadersKb(), common.getMaxResponseHeadersKb(), 0),
                upstream.getAutoSni(),
                upstream.getAutoSanValidation(),
                upstream.getOverrideAutoSniHeader(),
                errors);
    }
}
