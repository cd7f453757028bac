package io.layar.xdsgen.grpc;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CertificateProviderInstance;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.xdsgen.envoy.Protos;
import java.util.Collection;
import java.util.List;

/** Mutual TLS with the identity that gRPC's bootstrap names: there is no secret service for it. */
final class CertificateProviders {
    /** The only name that gRPC takes. */
    private static final String SOCKET = "envoy.transport_sockets.tls";

    private static final String INSTANCE = "default";
    private static final String IDENTITY = "default";
    private static final String ROOT = "ROOTCA";

    private CertificateProviders() {}

    /** Towards servers that have one of these identities; with none given, towards any of the mesh. */
    static TransportSocket ofClient(Collection<String> identities) {
        return socket(UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(common(identities))
                .build());
    }

    static TransportSocket ofServer() {
        return socket(DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(common(List.of()))
                .setRequireClientCertificate(Protos.TRUE)
                .build());
    }

    private static TransportSocket socket(Message context) {
        return TransportSocket.newBuilder()
                .setName(SOCKET)
                .setTypedConfig(Protos.pack(context))
                .build();
    }

    /** Says everything twice: older gRPC reads only the deprecated fields. */
    @SuppressWarnings("deprecation")
    private static CommonTlsContext common(Collection<String> identities) {
        CertificateValidationContext.Builder peer =
                CertificateValidationContext.newBuilder().setCaCertificateProviderInstance(plugin(ROOT));
        identities.forEach(identity ->
                peer.addMatchSubjectAltNames(StringMatcher.newBuilder().setExact(identity)));
        return CommonTlsContext.newBuilder()
                .setTlsCertificateProviderInstance(plugin(IDENTITY))
                .setTlsCertificateCertificateProviderInstance(older(IDENTITY))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setValidationContextCertificateProviderInstance(older(ROOT))
                        .setDefaultValidationContext(peer))
                .build();
    }

    private static CertificateProviderPluginInstance plugin(String certificate) {
        return CertificateProviderPluginInstance.newBuilder()
                .setInstanceName(INSTANCE)
                .setCertificateName(certificate)
                .build();
    }

    private static CertificateProviderInstance older(String certificate) {
        return CertificateProviderInstance.newBuilder()
                .setInstanceName(INSTANCE)
                .setCertificateName(certificate)
                .build();
    }
}
