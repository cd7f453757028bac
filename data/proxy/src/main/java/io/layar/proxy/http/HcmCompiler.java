package io.layar.proxy.http;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.proxy.accesslog.AccessLogs;
import io.layar.proxy.codec.http1.HeaderLimits;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http1.Underscores;
import io.layar.proxy.codec.http2.Http2Options;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.reply.LocalReplies;
import io.layar.proxy.network.FilterContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compiles one HttpConnectionManager. Errors: {@link ConfigRejected}. Thread: main loop. */
final class HcmCompiler {
    private static final int DEFAULT_BUFFER_LIMIT = 1024 * 1024;
    private static final long CONNECTION_IDLE = 3_600_000;
    private static final long STREAM_IDLE = 300_000;
    private static final long DRAIN = 5_000;
    private static final long DELAYED_CLOSE = 1_000;

    private final HttpConnectionManager proto;
    private final FilterContext context;
    private final HttpFilterContext filterContext;
    private final HttpFilterTypes types;

    HcmCompiler(HttpConnectionManager proto, FilterContext context) {
        this.proto = proto;
        this.context = context;
        String prefix = "http." + proto.getStatPrefix() + ".";
        this.filterContext = new HttpFilterContext(prefix, context);
        this.types = context.services().require(HttpFilterTypes.class);
    }

    HcmConfig compile() {
        refuseUnsupported();
        String prefix = filterContext.statPrefix();
        HcmConfig.Chain filters = chain(proto.getHttpFiltersList(), "http_filters");
        return new HcmConfig(
                codec(),
                prefix,
                new HcmStats(context.stats().scope(prefix), context.stats().scope("http2.")),
                context,
                RouteSources.compile(proto, filterContext, types),
                filters,
                upgrades(),
                timeouts(),
                new HeaderRulesCompiler(proto).compile(),
                paths(),
                hosts(),
                http1(),
                http2(),
                Durations.unsigned(
                        options().hasMaxRequestsPerConnection(), options().getMaxRequestsPerConnection(), 0),
                DEFAULT_BUFFER_LIMIT,
                replies(),
                context.services().require(AccessLogs.class).compile(proto.getAccessLogList(), "access_log"),
                logMoments());
    }

    private HttpProtocolOptions options() {
        return proto.getCommonHttpProtocolOptions();
    }

    private void refuseUnsupported() {
        Fields.refuse(
                proto,
                "",
                "scoped_routes",
                "http3_protocol_options",
                "original_ip_detection_extensions",
                "early_header_mutation_extensions",
                "path_normalization_options",
                "proxy_status_config",
                "typed_header_validation_config",
                "append_local_overload",
                "http1_safe_max_connection_duration",
                "represent_ipv4_remote_address_as_ipv4_mapped_ipv6");
        if (proto.getCodecType() == HttpConnectionManager.CodecType.HTTP3) {
            throw ConfigRejected.unsupported("codec_type", "HTTP3");
        }
        HttpConnectionManager.Tracing tracing = proto.getTracing();
        if (tracing.hasProvider() && mayTrace(tracing)) {
            throw ConfigRejected.unsupported(
                    "tracing.provider", tracing.getProvider().getName());
        }
        if (proto.hasRequestIdExtension()) {
            String type = proto.getRequestIdExtension().getTypedConfig().getTypeUrl();
            if (!type.isEmpty() && !type.endsWith("envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig")) {
                throw ConfigRejected.unsupported("request_id_extension.typed_config", type);
            }
        }
    }

    /** Without percentages every request is traced. */
    private static boolean mayTrace(HttpConnectionManager.Tracing tracing) {
        boolean overallOff =
                tracing.hasOverallSampling() && tracing.getOverallSampling().getValue() == 0;
        boolean randomOff =
                tracing.hasRandomSampling() && tracing.getRandomSampling().getValue() == 0;
        boolean clientOff =
                tracing.hasClientSampling() && tracing.getClientSampling().getValue() == 0;
        return !overallOff && !(randomOff && clientOff);
    }

    private LocalReplies replies() {
        return proto.hasLocalReplyConfig()
                ? LocalReplies.compile(
                        proto.getLocalReplyConfig(),
                        Logs.facts(context.services()),
                        context.runtime(),
                        "local_reply_config")
                : LocalReplies.PLAIN;
    }

    private HcmConfig.Codec codec() {
        return switch (proto.getCodecType()) {
            case HTTP1 -> HcmConfig.Codec.HTTP1;
            case HTTP2 -> HcmConfig.Codec.HTTP2;
            case AUTO, HTTP3, UNRECOGNIZED -> HcmConfig.Codec.AUTO;
        };
    }

    private HcmConfig.Chain chain(List<HttpFilter> filters, String path) {
        List<HttpFilterFactory> factories = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            HttpFilter filter = filters.get(i);
            String at = path + "[" + i + "]";
            if (filter.hasConfigDiscovery()) {
                throw ConfigRejected.unsupported(at + ".config_discovery", "filter '" + filter.getName() + "'");
            }
            if (filter.getDisabled()) {
                throw ConfigRejected.unsupported(at + ".disabled", "filter '" + filter.getName() + "'");
            }
            try {
                factories.add(types.compile(filter.getName(), filter.getTypedConfig(), filterContext));
                names.add(filter.getName());
            } catch (ConfigRejected e) {
                if (!filter.getIsOptional() || types.knows(filter.getTypedConfig())) {
                    throw e.within(at);
                }
            }
        }
        checkTerminal(factories, filters, path);
        return new HcmConfig.Chain(factories.toArray(HttpFilterFactory[]::new), names.toArray(String[]::new));
    }

    private static void checkTerminal(List<HttpFilterFactory> factories, List<HttpFilter> filters, String path) {
        if (factories.isEmpty() || !factories.getLast().terminal()) {
            throw new ConfigRejected(
                    path,
                    "non-terminal filter chain: the last filter must be terminal, such as envoy.filters.http.router");
        }
        for (int i = 0; i + 1 < factories.size(); i++) {
            if (factories.get(i).terminal()) {
                throw new ConfigRejected(
                        path + "[" + i + "]",
                        "terminal filter named " + filters.get(i).getName()
                                + " must be the last filter in a http filter chain.");
            }
        }
    }

    private Map<String, HcmConfig.Upgrade> upgrades() {
        Map<String, HcmConfig.Upgrade> upgrades = new HashMap<>();
        for (int i = 0; i < proto.getUpgradeConfigsCount(); i++) {
            UpgradeConfig upgrade = proto.getUpgradeConfigs(i);
            String path = "upgrade_configs[" + i + "]";
            boolean enabled = !upgrade.hasEnabled() || upgrade.getEnabled().getValue();
            HcmConfig.Chain chain =
                    upgrade.getFiltersCount() == 0 ? null : chain(upgrade.getFiltersList(), path + ".filters");
            String type = upgrade.getUpgradeType().toLowerCase(Locale.ROOT);
            if (upgrades.put(type, new HcmConfig.Upgrade(enabled, chain)) != null) {
                throw new ConfigRejected(path, "multiple upgrade configs with the same name: '" + type + "'");
            }
        }
        return upgrades;
    }

    private HcmConfig.Timeouts timeouts() {
        HttpProtocolOptions common = options();
        long streamIdle = Durations.millis(proto.hasStreamIdleTimeout(), proto.getStreamIdleTimeout(), STREAM_IDLE);
        return new HcmConfig.Timeouts(
                Durations.millis(common.hasIdleTimeout(), common.getIdleTimeout(), CONNECTION_IDLE),
                Durations.millis(common.hasMaxConnectionDuration(), common.getMaxConnectionDuration(), 0),
                streamIdle,
                Durations.millis(proto.hasStreamFlushTimeout(), proto.getStreamFlushTimeout(), streamIdle),
                Durations.millis(proto.hasRequestTimeout(), proto.getRequestTimeout(), 0),
                Durations.millis(proto.hasRequestHeadersTimeout(), proto.getRequestHeadersTimeout(), 0),
                Durations.millis(common.hasMaxStreamDuration(), common.getMaxStreamDuration(), 0),
                Durations.millis(proto.hasDrainTimeout(), proto.getDrainTimeout(), DRAIN),
                Durations.millis(proto.hasDelayedCloseTimeout(), proto.getDelayedCloseTimeout(), DELAYED_CLOSE));
    }

    private PathRules paths() {
        BoolValue normalize = proto.getNormalizePath();
        return new PathRules(
                proto.hasNormalizePath() && normalize.getValue(),
                proto.getMergeSlashes(),
                switch (proto.getPathWithEscapedSlashesAction()) {
                    case REJECT_REQUEST -> PathRules.EscapedSlashes.REJECT;
                    case UNESCAPE_AND_REDIRECT -> PathRules.EscapedSlashes.REDIRECT;
                    case UNESCAPE_AND_FORWARD -> PathRules.EscapedSlashes.FORWARD;
                    case IMPLEMENTATION_SPECIFIC_DEFAULT, KEEP_UNCHANGED, UNRECOGNIZED -> PathRules.EscapedSlashes.KEEP;
                });
    }

    private HcmConfig.Hosts hosts() {
        if (proto.getStripMatchingHostPort() && proto.getStripAnyHostPort()) {
            throw new ConfigRejected(
                    "strip_matching_host_port",
                    "Only one of `strip_matching_host_port` or `strip_any_host_port` can be set.");
        }
        return new HcmConfig.Hosts(
                proto.getStripAnyHostPort(), proto.getStripMatchingHostPort(), proto.getStripTrailingHostDot());
    }

    private Http1Options http1() {
        Underscores underscores = switch (options().getHeadersWithUnderscoresAction()) {
            case REJECT_REQUEST -> Underscores.REJECT_REQUEST;
            case DROP_HEADER -> Underscores.DROP_HEADER;
            case ALLOW, UNRECOGNIZED -> Underscores.ALLOW;
        };
        return Http1Settings.compile(proto.getHttpProtocolOptions(), limits(), underscores, "http_protocol_options");
    }

    private HeaderLimits limits() {
        HttpProtocolOptions common = options();
        return new HeaderLimits(
                (int) Durations.unsigned(proto.hasMaxRequestHeadersKb(), proto.getMaxRequestHeadersKb(), 60) * 1024,
                (int) Durations.unsigned(common.hasMaxHeadersCount(), common.getMaxHeadersCount(), 100));
    }

    private Http2Options http2() {
        Boolean streamErrors = proto.hasStreamErrorOnInvalidHttpMessage()
                ? Boolean.valueOf(proto.getStreamErrorOnInvalidHttpMessage().getValue())
                : null;
        return Http2Settings.compile(proto.getHttp2ProtocolOptions(), limits(), streamErrors, "http2_protocol_options");
    }

    @SuppressWarnings("deprecation") // the older places of two options, which control planes still write
    private HcmConfig.LogMoments logMoments() {
        HttpConnectionManager.HcmAccessLogOptions options = proto.getAccessLogOptions();
        long interval = options.hasAccessLogFlushInterval()
                ? Durations.millis(options.getAccessLogFlushInterval())
                : Durations.millis(proto.hasAccessLogFlushInterval(), proto.getAccessLogFlushInterval(), 0);
        return new HcmConfig.LogMoments(
                options.getFlushAccessLogOnNewRequest() || proto.getFlushAccessLogOnNewRequest(),
                interval,
                options.getFlushLogOnTunnelSuccessfullyEstablished());
    }
}
