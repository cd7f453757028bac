package io.layar.proxy.xds;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.worker.Worker;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Channels to control planes that the bootstrap names by one of its static clusters.
 *
 * <p>Not done: a cluster whose endpoints come by discovery; several endpoints (the first is used). Thread: main loop.
 */
final class ControlPlane {
    private static final String RAW = "envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer";

    private final Bootstrap bootstrap;
    private final Worker main;

    ControlPlane(Bootstrap bootstrap, Worker main) {
        this.bootstrap = bootstrap;
        this.main = main;
    }

    /** Errors: {@link ConfigRejected} where the service or its cluster cannot be used. */
    ManagedChannel channel(GrpcService service, String path) {
        if (!service.hasEnvoyGrpc()) {
            throw ConfigRejected.unsupported(path + ".google_grpc", "google_grpc (expected: envoy_grpc)");
        }
        String name = service.getEnvoyGrpc().getClusterName();
        Cluster cluster = bootstrap.getStaticResources().getClustersList().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigRejected(
                        path + ".envoy_grpc.cluster_name", "gRPC client: unknown static cluster '" + name + "'"));
        SocketAddress address = address(cluster);
        NettyChannelBuilder builder = builder(address)
                .eventLoopGroup(main.loop())
                .channelFactory(() -> main.sockets().stream().apply(address))
                .directExecutor()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(false);
        String authority = service.getEnvoyGrpc().getAuthority();
        builder.overrideAuthority(authority.isEmpty() ? name : authority);
        return secured(builder, cluster).build();
    }

    /** A host name is looked up each time that a connection is made. */
    private static NettyChannelBuilder builder(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.isUnresolved()
                ? NettyChannelBuilder.forTarget("dns:///" + inet.getHostString() + ":" + inet.getPort())
                : NettyChannelBuilder.forAddress(address);
    }

    private static SocketAddress address(Cluster cluster) {
        for (LocalityLbEndpoints locality : cluster.getLoadAssignment().getEndpointsList()) {
            for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
                Address address = endpoint.getEndpoint().getAddress();
                if (address.hasPipe()) {
                    return new DomainSocketAddress(address.getPipe().getPath());
                }
                String host = address.getSocketAddress().getAddress();
                int port = address.getSocketAddress().getPortValue();
                return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)
                        ? new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(host), port)
                        : InetSocketAddress.createUnresolved(host, port);
            }
        }
        throw new ConfigRejected(
                "load_assignment",
                "cluster '" + cluster.getName() + "' of a control plane needs an endpoint in the bootstrap");
    }

    private static NettyChannelBuilder secured(NettyChannelBuilder builder, Cluster cluster) {
        if (!cluster.hasTransportSocket()
                || Types.nameOf(cluster.getTransportSocket().getTypedConfig().getTypeUrl())
                        .equals(RAW)) {
            return builder.usePlaintext();
        }
        UpstreamTlsContext tls = Types.unpack(
                cluster.getTransportSocket().getTypedConfig(),
                UpstreamTlsContext.getDefaultInstance(),
                "transport_socket.typed_config");
        if (!tls.getSni().isEmpty()) {
            builder.overrideAuthority(tls.getSni());
        }
        return builder.sslContext(context(tls)).useTransportSecurity();
    }

    private static SslContext context(UpstreamTlsContext tls) {
        String path = "transport_socket.typed_config.common_tls_context";
        SslContextBuilder context = GrpcSslContexts.forClient();
        CertificateValidationContext validation = tls.getCommonTlsContext().getValidationContext();
        if (validation.getMatchTypedSubjectAltNamesCount() > 0) {
            throw ConfigRejected.unsupported(
                    path + ".validation_context.match_typed_subject_alt_names",
                    "names of a control plane (it is checked by SNI)");
        }
        if (!tls.getCommonTlsContext().getTlsCertificateSdsSecretConfigsList().isEmpty()) {
            throw ConfigRejected.unsupported(
                    path + ".tls_certificate_sds_secret_configs",
                    "certificates by SDS for the connection to a control plane");
        }
        try {
            InputStream roots = open(validation.getTrustedCa());
            if (roots != null) {
                context.trustManager(roots);
            }
            if (tls.getCommonTlsContext().getTlsCertificatesCount() > 0) {
                TlsCertificate own = tls.getCommonTlsContext().getTlsCertificates(0);
                context.keyManager(open(own.getCertificateChain()), open(own.getPrivateKey()));
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ConfigRejected(path, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable InputStream open(DataSource source) {
        try {
            return switch (source.getSpecifierCase()) {
                case FILENAME -> new ByteArrayInputStream(Files.readAllBytes(Path.of(source.getFilename())));
                case INLINE_STRING ->
                    new ByteArrayInputStream(source.getInlineString().getBytes(StandardCharsets.UTF_8));
                case INLINE_BYTES -> source.getInlineBytes().newInput();
                case ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET -> null;
            };
        } catch (IOException e) {
            throw new ConfigRejected("filename", "cannot read " + source.getFilename());
        }
    }
}
