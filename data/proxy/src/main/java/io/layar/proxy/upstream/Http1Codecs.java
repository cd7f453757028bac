package io.layar.proxy.upstream;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig;
import io.layar.proxy.codec.ChannelOutput;
import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.FlushQueue;
import io.layar.proxy.codec.http1.HeaderLimits;
import io.layar.proxy.codec.http1.Http1ClientConnection;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http1.KeyFormat;
import io.layar.proxy.codec.http1.Underscores;
import io.layar.proxy.core.cluster.HttpOptions;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.worker.Worker;
import io.netty.channel.Channel;

/** Makes HTTP/1 client codecs with a cluster's options. */
final class Http1Codecs {
    private static final String PRESERVE_CASE =
            "envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig";

    private Http1Codecs() {}

    static ClientConnection make(Channel channel, Worker worker, ClientConnectionListener listener, Http1Options options) {
        FlushQueue flushes = worker.local(FlushQueue.class, w -> new FlushQueue(w.loop()));
        return new Http1ClientConnection(new ChannelOutput(channel, flushes), listener, options);
    }

    /** Errors: {@link ConfigRejected} for a header formatter that this proxy does not have. */
    static Http1Options compile(HttpOptions options) {
        Http1ProtocolOptions p = options.http1();
        return new Http1Options(
                false,
                null,
                new HeaderLimits(options.maxResponseHeadersKilobytes() * 1024, options.maxHeadersCount()),
                Underscores.ALLOW,
                p.getEnableTrailers(),
                p.getAllowChunkedLength(),
                keyFormat(p));
    }

    private static KeyFormat keyFormat(Http1ProtocolOptions p) {
        Http1ProtocolOptions.HeaderKeyFormat format = p.getHeaderKeyFormat();
        if (format.hasProperCaseWords()) {
            return KeyFormat.PROPER_CASE_WORDS;
        }
        if (!format.hasStatefulFormatter()) {
            return KeyFormat.LOWER_CASE;
        }
        Any any = format.getStatefulFormatter().getTypedConfig();
        if (!Types.nameOf(any.getTypeUrl()).equals(PRESERVE_CASE)) {
            throw ConfigRejected.unsupported("http_protocol_options.header_key_format.stateful_formatter", any.getTypeUrl());
        }
        PreserveCaseFormatterConfig config = Types.unpack(any, PreserveCaseFormatterConfig.getDefaultInstance(), "");
        if (config.getForwardReasonPhrase()) {
            return KeyFormat.PRESERVE_CASE_AND_REASON;
        }
        return config.getFormatterTypeOnEnvoyHeaders() == PreserveCaseFormatterConfig.FormatterTypeOnEnvoyHeaders.PROPER_CASE
                ? KeyFormat.PRESERVE_CASE_PROPER_ELSE
                : KeyFormat.PRESERVE_CASE;
    }
}
