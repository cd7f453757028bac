package io.layar.config.mesh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Buffer sizes, time-outs and limits of the connections of a proxy. */
public record ConnectionSettings(
        Profile profile,
        @Nullable Integer listenerPerConnectionBufferLimitBytes,
        @Nullable Integer clusterPerConnectionBufferLimitBytes,
        @Nullable Duration httpIdleTimeout,
        @Nullable Duration httpMaxConnectionDuration,
        @Nullable Duration httpDrainTimeout,
        @Nullable Duration httpRequestTimeout,
        @Nullable Duration httpRequestHeadersTimeout,
        @Nullable Duration httpStreamIdleTimeout,
        @Nullable Duration httpMaxStreamDuration,
        @Nullable Integer httpMaxConcurrentStreams,
        @Nullable Integer http2InitialStreamWindowSize,
        @Nullable Integer http2InitialConnectionWindowSize,
        HeadersWithUnderscoresAction httpHeadersWithUnderscoresAction,
        @Nullable Boolean httpMergeSlashes,
        PathWithEscapedSlashesAction httpPathWithEscapedSlashesAction,
        @Nullable Integer listenerConnectionLimit,
        @Nullable Integer globalDownstreamConnectionLimit) {
    /** The values of {@code Profile} in {@link ConnectionSettings}. */
    public enum Profile {
        SIDECAR,
        EDGE
    }

    /** The values of {@code HeadersWithUnderscoresAction} in {@link ConnectionSettings}. */
    public enum HeadersWithUnderscoresAction {
        HEADERS_WITH_UNDERSCORES_UNSPECIFIED,
        HEADERS_WITH_UNDERSCORES_ALLOW,
        HEADERS_WITH_UNDERSCORES_REJECT_REQUEST,
        HEADERS_WITH_UNDERSCORES_DROP_HEADER
    }

    /** The values of {@code PathWithEscapedSlashesAction} in {@link ConnectionSettings}. */
    public enum PathWithEscapedSlashesAction {
        PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED,
        KEEP_UNCHANGED,
        REJECT_REQUEST,
        UNESCAPE_AND_REDIRECT,
        UNESCAPE_AND_FORWARD
    }
}
