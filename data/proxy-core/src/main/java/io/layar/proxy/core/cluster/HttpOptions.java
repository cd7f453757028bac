package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.layar.proxy.core.outlier.ErrorMatcher;
import org.jspecify.annotations.Nullable;

/**
 * How HTTP is spoken to a cluster.
 *
 * <p>Shape: {@code http1} and {@code http2} are for the codecs to compile, once per cluster. Units: milliseconds; 0 means without limit,
 * for the limits of headers the codec's own.
 * {@code autoSniHeader} is the header whose value becomes the server name, empty for {@code :authority}. {@code errors}: what outlier detection takes for errors
 * (null: status codes from 500 on). Thread: any (immutable).
 */
public record HttpOptions(
        Mode mode,
        Http1ProtocolOptions http1,
        Http2ProtocolOptions http2,
        long idleTimeoutMillis,
        long maxConnectionDurationMillis,
        long maxStreamDurationMillis,
        long maxRequestsPerConnection,
        int maxHeadersCount,
        int maxResponseHeadersKilobytes,
        boolean autoSni,
        boolean autoSanValidation,
        String autoSniHeader,
        @Nullable ErrorMatcher errors) {

    /** Which protocol. */
    public enum Mode {
        HTTP1,
        HTTP2,
        /** ALPN decides. */
        AUTO,
        /** As the downstream connection. */
        USE_DOWNSTREAM
    }

    public static final long DEFAULT_IDLE_MILLIS = 3_600_000;
}
