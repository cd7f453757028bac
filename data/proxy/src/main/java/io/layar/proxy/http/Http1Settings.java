package io.layar.proxy.http;

import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig;
import io.envoyproxy.envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig.FormatterTypeOnEnvoyHeaders;
import io.layar.proxy.codec.http1.HeaderLimits;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http1.KeyFormat;
import io.layar.proxy.codec.http1.Underscores;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;

/** Compiles {@code Http1ProtocolOptions}. Errors: {@link ConfigRejected}. Thread: any. */
public final class Http1Settings {
    private Http1Settings() {}

    public static Http1Options compile(
            Http1ProtocolOptions proto, HeaderLimits limits, Underscores underscores, String path) {
        Fields.refuse(proto, path, "allow_custom_methods", "send_fully_qualified_url", "ignore_http_11_upgrade");
        return new Http1Options(
                proto.getAcceptHttp10(),
                proto.getDefaultHostForHttp10().isEmpty() ? null : proto.getDefaultHostForHttp10(),
                limits,
                underscores,
                proto.getEnableTrailers(),
                proto.getAllowChunkedLength(),
                keyFormat(proto.getHeaderKeyFormat(), ConfigRejected.join(path, "header_key_format")));
    }

    private static KeyFormat keyFormat(Http1ProtocolOptions.HeaderKeyFormat proto, String path) {
        return switch (proto.getHeaderFormatCase()) {
            case PROPER_CASE_WORDS -> KeyFormat.PROPER_CASE_WORDS;
            case STATEFUL_FORMATTER ->
                preserved(Types.unpack(
                        proto.getStatefulFormatter().getTypedConfig(),
                        PreserveCaseFormatterConfig.getDefaultInstance(),
                        ConfigRejected.join(path, "stateful_formatter")));
            case HEADERFORMAT_NOT_SET -> KeyFormat.LOWER_CASE;
        };
    }

    private static KeyFormat preserved(PreserveCaseFormatterConfig config) {
        if (config.getForwardReasonPhrase()) {
            return KeyFormat.PRESERVE_CASE_AND_REASON;
        }
        return config.getFormatterTypeOnEnvoyHeaders() == FormatterTypeOnEnvoyHeaders.PROPER_CASE
                ? KeyFormat.PRESERVE_CASE_PROPER_ELSE
                : KeyFormat.PRESERVE_CASE;
    }
}
