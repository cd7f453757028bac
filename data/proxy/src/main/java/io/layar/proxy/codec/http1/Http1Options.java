package io.layar.proxy.codec.http1;

import org.jspecify.annotations.Nullable;

/**
 * Options of an HTTP/1 codec. Source: {@code Http1ProtocolOptions} and {@code HttpProtocolOptions}. Thread: any (immutable).
 *
 * @param acceptHttp10 serve HTTP/1.0 requests instead of answering 426
 * @param defaultHost host of HTTP/1.0 requests without one, or null
 * @param allowChunkedLength let chunked coding win over a content-length beside it, instead of refusing the message
 */
public record Http1Options(
        boolean acceptHttp10,
        @Nullable String defaultHost,
        HeaderLimits limits,
        Underscores underscores,
        boolean enableTrailers,
        boolean allowChunkedLength,
        KeyFormat keyFormat) {
    public static final Http1Options SERVER =
            new Http1Options(false, null, HeaderLimits.REQUEST, Underscores.ALLOW, false, false, KeyFormat.LOWER_CASE);
    public static final Http1Options CLIENT =
            new Http1Options(false, null, HeaderLimits.RESPONSE, Underscores.ALLOW, false, false, KeyFormat.LOWER_CASE);
}
