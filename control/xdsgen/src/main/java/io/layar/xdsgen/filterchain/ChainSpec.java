package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.layar.xdsgen.envoy.Protos;
import org.jspecify.annotations.Nullable;

/**
 * An outbound or gateway filter chain before it is written.
 *
 * <p>Shape: with {@code http} the chain ends in a connection manager and {@code filters} stand before it; without, the last
 * of {@code filters} is terminal.
 */
public record ChainSpec(
        ChainMatch match,
        @Nullable Metadata metadata,
        @Nullable DownstreamTlsContext tls,
        @Nullable HttpChain http,
        ImmutableList<Filter> filters) {
    /** How long a peer may take over its TLS handshake: slow ones must not hold memory. */
    private static final int HANDSHAKE_SECONDS = 15;

    public static ChainSpec of(HttpChain http) {
        return new ChainSpec(ChainMatch.ALL, null, null, http, ImmutableList.of());
    }

    public static ChainSpec of(ChainMatch match, @Nullable Metadata metadata, ImmutableList<Filter> filters) {
        return new ChainSpec(match, metadata, null, null, filters);
    }

    public ChainSpec withMatch(ChainMatch other) {
        return new ChainSpec(other, metadata, tls, http, filters);
    }

    public ChainSpec withHttp(HttpChain other) {
        return new ChainSpec(match, metadata, tls, other, filters);
    }

    /** Does the listener have to look into the TLS handshake for it? */
    public boolean needsTlsInspector() {
        return !match.sniHosts().isEmpty()
                || (tls != null && tls.getCommonTlsContext().getAlpnProtocolsCount() > 0)
                || filters.stream()
                        .anyMatch(filter -> filter.getName().equals(NetworkFilters.SNI_DYNAMIC_FORWARD_PROXY_NAME));
    }

    /** The chain with its filters, yet without a match. */
    public FilterChain.Builder toEnvoy(ConnectionManagers managers) {
        FilterChain.Builder chain = FilterChain.newBuilder()
                .addAllFilters(filters)
                .setTransportSocketConnectTimeout(Protos.seconds(HANDSHAKE_SECONDS));
        if (metadata != null) {
            chain.setMetadata(metadata);
        }
        if (tls != null) {
            chain.setTransportSocket(ServerTls.socket(tls));
        }
        if (http != null) {
            chain.addFilters(NetworkFilters.httpConnectionManager(managers.build(http)));
        }
        return chain;
    }
}
