package io.layar.proxy.http;

import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.layar.proxy.codec.ChannelOutput;
import io.layar.proxy.codec.ClientConnection;
import io.layar.proxy.codec.ClientConnectionListener;
import io.layar.proxy.codec.http1.HeaderLimits;
import io.layar.proxy.codec.http1.Http1ClientConnection;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http1.Underscores;
import io.layar.proxy.codec.http2.Http2ClientConnection;
import io.layar.proxy.codec.http2.Http2Options;
import io.layar.proxy.core.cluster.HttpOptions;
import io.layar.proxy.upstream.ClientCodecs;
import io.layar.proxy.worker.Worker;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The client codecs of the proxy. Thread: {@link #http1} and {@link #http2} on the channel's event loop. */
public final class UpstreamCodecs implements ClientCodecs {
    private final Map<Http1ProtocolOptions, Http1Options> compiled = new ConcurrentHashMap<>();
    private final Map<Http2ProtocolOptions, Http2Options> compiledHttp2 = new ConcurrentHashMap<>();

    @Override
    public ClientConnection http1(
            Channel channel, Worker worker, ClientConnectionListener listener, HttpOptions options) {
        ChannelOutput output = new ChannelOutput(channel, WorkerState.of(worker).flushes());
        return new Http1ClientConnection(output, listener, options(options));
    }

    private Http1Options options(HttpOptions options) {
        return compiled.computeIfAbsent(
                options.http1(),
                proto -> Http1Settings.compile(proto, limits(options), Underscores.ALLOW, "http_protocol_options"));
    }

    @Override
    public ClientConnection http2(
            Channel channel, Worker worker, ClientConnectionListener listener, HttpOptions options) {
        ChannelOutput output = new ChannelOutput(channel, WorkerState.of(worker).flushes());
        return new Http2ClientConnection(output, listener, http2Options(options));
    }

    private Http2Options http2Options(HttpOptions options) {
        return compiledHttp2.computeIfAbsent(
                options.http2(),
                proto -> Http2Settings.compile(proto, limits(options), null, "http2_protocol_options"));
    }

    private static HeaderLimits limits(HttpOptions options) {
        int kilobytes = options.maxResponseHeadersKilobytes();
        return new HeaderLimits(
                kilobytes > 0 ? kilobytes * 1024 : HeaderLimits.RESPONSE.maxBytes(),
                options.maxHeadersCount() > 0 ? options.maxHeadersCount() : HeaderLimits.RESPONSE.maxCount());
    }
}
