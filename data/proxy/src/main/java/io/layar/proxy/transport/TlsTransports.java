package io.layar.proxy.transport;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.network.InitTargets;
import io.layar.proxy.network.Services;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles transport sockets of both sides. Thread: main loop. */
public final class TlsTransports implements DownstreamTransports, UpstreamTransports {
    private static final String PACKAGE = "envoy.extensions.transport_sockets.";
    private static final UpstreamTransport RAW = new UpstreamTransport() {
        @Override
        public boolean secure() {
            return false;
        }

        @Override
        public void install(Channel channel, Options options) {
            // Bytes go as they are.
        }
    };

    private final Services services;
    private final SecretTable secrets = new SecretTable();
    private final CertificateInventory inventory = new CertificateInventory();

    public TlsTransports(Services services) {
        this.services = services;
        services.provide(CertificateInventory.class, inventory);
    }

    public SecretTable secrets() {
        return secrets;
    }

    @Override
    public @Nullable DownstreamTransport compile(
            @Nullable TransportSocket socket, String statPrefix, InitTargets init) {
        if (socket == null) {
            return null;
        }
        String type = Types.nameOf(socket.getTypedConfig().getTypeUrl());
        return switch (type) {
            case PACKAGE + "raw_buffer.v3.RawBuffer" -> null;
            case PACKAGE + "tls.v3.DownstreamTlsContext" -> {
                DownstreamTls tls = new DownstreamTls(
                        Types.unpack(
                                socket.getTypedConfig(), DownstreamTlsContext.getDefaultInstance(), "typed_config"),
                        TlsStats.of(services.stats().scope(statPrefix)),
                        secrets,
                        init);
                inventory.add(tls);
                yield tls;
            }
            default -> throw unknown(socket);
        };
    }

    @Override
    public ForCluster compile(Cluster cluster) {
        UpstreamTransport own = RAW;
        if (cluster.hasTransportSocket()) {
            own = upstream(cluster.getTransportSocket(), "transport_socket", cluster);
        }
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < cluster.getTransportSocketMatchesCount(); i++) {
            var match = cluster.getTransportSocketMatches(i);
            String path = "transport_socket_matches[" + i + "].transport_socket";
            matches.add(new Match(match.getMatch(), upstream(match.getTransportSocket(), path, cluster)));
        }
        return new Choice(own, List.copyOf(matches));
    }

    private UpstreamTransport upstream(TransportSocket socket, String path, Cluster cluster) {
        String type = Types.nameOf(socket.getTypedConfig().getTypeUrl());
        try {
            return switch (type) {
                case PACKAGE + "raw_buffer.v3.RawBuffer" -> RAW;
                case PACKAGE + "tls.v3.UpstreamTlsContext" -> {
                    UpstreamTls tls = new UpstreamTls(
                            Types.unpack(
                                    socket.getTypedConfig(), UpstreamTlsContext.getDefaultInstance(), "typed_config"),
                            TlsStats.of(services.stats().scope("cluster." + cluster.getName() + ".")),
                            secrets);
                    inventory.add(tls);
                    yield tls;
                }
                default -> throw unknown(socket);
            };
        } catch (ConfigRejected e) {
            throw e.within(path);
        }
    }

    private static ConfigRejected unknown(TransportSocket socket) {
        return new ConfigRejected(
                "typed_config",
                "Didn't find a registered implementation for '" + socket.getName() + "' with type URL: '"
                        + Types.nameOf(socket.getTypedConfig().getTypeUrl()) + "'");
    }

    private record Match(Struct criteria, UpstreamTransport transport) {
        boolean fits(@Nullable Struct metadata) {
            if (metadata == null) {
                return criteria.getFieldsCount() == 0;
            }
            return criteria.getFieldsMap().entrySet().stream()
                    .allMatch(e -> e.getValue().equals(metadata.getFieldsMap().get(e.getKey())));
        }
    }

    private record Choice(UpstreamTransport own, List<Match> matches) implements ForCluster {
        @Override
        public UpstreamTransport of(@Nullable Struct endpointMatch, @Nullable Struct localityMatch) {
            for (Match match : matches) {
                if (match.fits(endpointMatch) || (localityMatch != null && match.fits(localityMatch))) {
                    return match.transport;
                }
            }
            return own;
        }

        @Override
        public boolean anySecure() {
            return own.secure() || matches.stream().anyMatch(match -> match.transport.secure());
        }
    }
}
