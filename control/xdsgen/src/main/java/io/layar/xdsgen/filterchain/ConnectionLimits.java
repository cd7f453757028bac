package io.layar.xdsgen.filterchain;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.layar.config.mesh.ConnectionSettings;
import io.layar.config.mesh.ConnectionSettings.HeadersWithUnderscoresAction;
import io.layar.config.mesh.ProxyConfig;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Time-outs, windows and normalisation from {@code connectionSettings}; what it sets wins over the mesh configuration. */
public final class ConnectionLimits {
    private static final int EDGE_BUFFER = 32 * 1024;
    private static final int EDGE_STREAMS = 100;
    private static final int EDGE_STREAM_WINDOW = 64 * 1024;
    private static final int EDGE_CONNECTION_WINDOW = 1024 * 1024;

    private final @Nullable ConnectionSettings settings;

    private ConnectionLimits(@Nullable ConnectionSettings settings) {
        this.settings = settings;
    }

    /** Of the proxy's configuration, or the mesh's where that has none. A gateway with the edge profile gets its defaults. */
    public static ConnectionLimits of(Proxy proxy, ProxyConfig own, @Nullable ProxyConfig meshDefault) {
        ConnectionSettings settings = own.connectionSettings();
        if (settings == null && meshDefault != null) {
            settings = meshDefault.connectionSettings();
        }
        boolean edge = settings != null && settings.profile() == ConnectionSettings.Profile.EDGE && proxy.isRouter();
        return new ConnectionLimits(edge && settings != null ? edge(settings) : settings);
    }

    private static ConnectionSettings edge(ConnectionSettings s) {
        return new ConnectionSettings(
                s.profile(),
                or(s.listenerPerConnectionBufferLimitBytes(), EDGE_BUFFER),
                s.clusterPerConnectionBufferLimitBytes(),
                or(s.httpIdleTimeout(), Duration.ofHours(1)),
                s.httpMaxConnectionDuration(),
                s.httpDrainTimeout(),
                or(s.httpRequestTimeout(), Duration.ofMinutes(5)),
                or(s.httpRequestHeadersTimeout(), Duration.ofMinutes(1)),
                or(s.httpStreamIdleTimeout(), Duration.ofMinutes(5)),
                s.httpMaxStreamDuration(),
                or(s.httpMaxConcurrentStreams(), EDGE_STREAMS),
                or(s.http2InitialStreamWindowSize(), EDGE_STREAM_WINDOW),
                or(s.http2InitialConnectionWindowSize(), EDGE_CONNECTION_WINDOW),
                s.httpHeadersWithUnderscoresAction()
                                == HeadersWithUnderscoresAction.HEADERS_WITH_UNDERSCORES_UNSPECIFIED
                        ? HeadersWithUnderscoresAction.HEADERS_WITH_UNDERSCORES_REJECT_REQUEST
                        : s.httpHeadersWithUnderscoresAction(),
                or(s.httpMergeSlashes(), true),
                s.httpPathWithEscapedSlashesAction()
                                == ConnectionSettings.PathWithEscapedSlashesAction.PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED
                        ? ConnectionSettings.PathWithEscapedSlashesAction.UNESCAPE_AND_REDIRECT
                        : s.httpPathWithEscapedSlashesAction(),
                s.listenerConnectionLimit(),
                s.globalDownstreamConnectionLimit());
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** The buffer of each connection of a gateway's listener; null for Envoy's own size. */
    public @Nullable UInt32Value listenerBuffer() {
        return settings == null ? null : unsigned(settings.listenerPerConnectionBufferLimitBytes());
    }

    void apply(HttpConnectionManager.Builder manager) {
        if (settings == null) {
            return;
        }
        timeouts(settings, manager);
        http2(settings, manager);
        if (settings.httpHeadersWithUnderscoresAction()
                != HeadersWithUnderscoresAction.HEADERS_WITH_UNDERSCORES_UNSPECIFIED) {
            manager.getCommonHttpProtocolOptionsBuilder()
                    .setHeadersWithUnderscoresAction(underscores(settings.httpHeadersWithUnderscoresAction()));
        }
        if (settings.httpMergeSlashes() != null) {
            manager.setMergeSlashes(settings.httpMergeSlashes());
        }
        PathWithEscapedSlashesAction slashes = slashes(settings.httpPathWithEscapedSlashesAction());
        if (slashes != null) {
            manager.setPathWithEscapedSlashesAction(slashes);
        }
    }

    private static void timeouts(ConnectionSettings settings, HttpConnectionManager.Builder manager) {
        if (settings.httpIdleTimeout() != null) {
            manager.getCommonHttpProtocolOptionsBuilder().setIdleTimeout(Protos.duration(settings.httpIdleTimeout()));
        }
        if (settings.httpMaxConnectionDuration() != null) {
            manager.getCommonHttpProtocolOptionsBuilder()
                    .setMaxConnectionDuration(Protos.duration(settings.httpMaxConnectionDuration()));
        }
        if (settings.httpMaxStreamDuration() != null) {
            manager.getCommonHttpProtocolOptionsBuilder()
                    .setMaxStreamDuration(Protos.duration(settings.httpMaxStreamDuration()));
        }
        if (settings.httpStreamIdleTimeout() != null) {
            manager.setStreamIdleTimeout(Protos.duration(settings.httpStreamIdleTimeout()));
        }
        if (settings.httpRequestTimeout() != null) {
            manager.setRequestTimeout(Protos.duration(settings.httpRequestTimeout()));
        }
        if (settings.httpRequestHeadersTimeout() != null) {
            manager.setRequestHeadersTimeout(Protos.duration(settings.httpRequestHeadersTimeout()));
        }
        if (settings.httpDrainTimeout() != null) {
            manager.setDrainTimeout(Protos.duration(settings.httpDrainTimeout()));
        }
    }

    private static void http2(ConnectionSettings settings, HttpConnectionManager.Builder manager) {
        if (settings.httpMaxConcurrentStreams() == null
                && settings.http2InitialStreamWindowSize() == null
                && settings.http2InitialConnectionWindowSize() == null) {
            return;
        }
        Http2ProtocolOptions.Builder http2 = manager.getHttp2ProtocolOptionsBuilder();
        UInt32Value streams = unsigned(settings.httpMaxConcurrentStreams());
        if (streams != null) {
            http2.setMaxConcurrentStreams(streams);
        }
        UInt32Value streamWindow = unsigned(settings.http2InitialStreamWindowSize());
        if (streamWindow != null) {
            http2.setInitialStreamWindowSize(streamWindow);
        }
        UInt32Value connectionWindow = unsigned(settings.http2InitialConnectionWindowSize());
        if (connectionWindow != null) {
            http2.setInitialConnectionWindowSize(connectionWindow);
        }
    }

    /** A negative number is no limit: as an unsigned one it would be a huge one. */
    private static @Nullable UInt32Value unsigned(@Nullable Integer value) {
        return value == null || value < 0 ? null : UInt32Value.of(value);
    }

    private static HttpProtocolOptions.HeadersWithUnderscoresAction underscores(HeadersWithUnderscoresAction action) {
        return switch (action) {
            case HEADERS_WITH_UNDERSCORES_REJECT_REQUEST ->
                HttpProtocolOptions.HeadersWithUnderscoresAction.REJECT_REQUEST;
            case HEADERS_WITH_UNDERSCORES_DROP_HEADER -> HttpProtocolOptions.HeadersWithUnderscoresAction.DROP_HEADER;
            case HEADERS_WITH_UNDERSCORES_UNSPECIFIED, HEADERS_WITH_UNDERSCORES_ALLOW ->
                HttpProtocolOptions.HeadersWithUnderscoresAction.ALLOW;
        };
    }

    private static @Nullable PathWithEscapedSlashesAction slashes(
            ConnectionSettings.PathWithEscapedSlashesAction action) {
        return switch (action) {
            case PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED -> null;
            case KEEP_UNCHANGED -> PathWithEscapedSlashesAction.KEEP_UNCHANGED;
            case REJECT_REQUEST -> PathWithEscapedSlashesAction.REJECT_REQUEST;
            case UNESCAPE_AND_REDIRECT -> PathWithEscapedSlashesAction.UNESCAPE_AND_REDIRECT;
            case UNESCAPE_AND_FORWARD -> PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD;
        };
    }
}
