package io.layar.proxy.http;

import io.layar.proxy.accesslog.AccessLogs;
import io.layar.proxy.codec.http1.Http1Options;
import io.layar.proxy.codec.http2.Http2Options;
import io.layar.proxy.core.reply.LocalReplies;
import io.layar.proxy.network.FilterContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled HttpConnectionManager. Units: milliseconds; zero switches a timeout off. Thread: any (immutable).
 *
 * @param upgrades upgrade types in lower case, and the filter chain of each (null: the usual one)
 */
record HcmConfig(
        Codec codec,
        String statPrefix,
        HcmStats stats,
        FilterContext context,
        Routes routes,
        Chain filters,
        Map<String, Upgrade> upgrades,
        Timeouts timeouts,
        Headers headers,
        PathRules paths,
        Hosts hosts,
        Http1Options http1,
        Http2Options http2,
        long maxRequestsPerConnection,
        int bufferLimit,
        LocalReplies replies,
        List<AccessLogs.Log> logs,
        LogMoments logMoments) {

    enum Codec {
        AUTO,
        HTTP1,
        HTTP2
    }

    /** HTTP filters in order, the last of them terminal. */
    record Chain(HttpFilterFactory[] factories, String[] names) {}

    /** An upgrade type that is allowed or not, and its own chain, if it has one. */
    record Upgrade(boolean enabled, @Nullable Chain chain) {}

    record Timeouts(
            long connectionIdle,
            long connectionMaxDuration,
            long streamIdle,
            long streamFlush,
            long request,
            long requestHeaders,
            long maxStreamDuration,
            long drain,
            long delayedClose) {}

    /** How the host header is tidied; {@code stripMatchingPort}: only the port of our own end of the connection. */
    record Hosts(boolean stripAnyPort, boolean stripMatchingPort, boolean stripTrailingDot) {
        boolean any() {
            return stripAnyPort || stripMatchingPort || stripTrailingDot;
        }
    }

    /** How headers are changed on their way in and out. */
    record Headers(
            RemoteAddress remote,
            RequestIdRules requestIds,
            ForwardedClientCert clientCert,
            String via,
            Server server,
            @Nullable String addUserAgent,
            @Nullable String scheme,
            boolean proxy100Continue) {}

    /** How the client's address is found. */
    record RemoteAddress(
            boolean use,
            int trustedHops,
            boolean skipXffAppend,
            CidrSet internal,
            boolean appendPort,
            String localIp) {}

    record RequestIdRules(boolean generate, boolean preserveExternal, boolean alwaysInResponse) {}

    /** The response's server header. */
    record Server(ServerTransformation transformation, String name) {}

    enum ServerTransformation {
        OVERWRITE,
        APPEND_IF_ABSENT,
        PASS_THROUGH
    }

    /** When access logs are written besides the end of a stream. */
    record LogMoments(boolean onNewRequest, long flushInterval, boolean onTunnelEstablished) {}
}
