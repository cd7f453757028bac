package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSProtocol;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import io.layar.mesh.Feature;
import io.layar.mesh.Features;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The TLS contexts that listeners terminate with: mutual TLS of the mesh, and {@code ServerTLSSettings}. */
public final class ServerTls {
    private static final String TLS_SOCKET = "envoy.transport_sockets.tls";

    private final Proxy proxy;
    private final MeshConfig mesh;
    private final Features features;
    private final Credentials credentials;

    /** @param services for the secret server that the mesh configuration may name */
    public ServerTls(Proxy proxy, MeshConfig mesh, Features features, Providers.ServiceLookup services) {
        this.proxy = proxy;
        this.mesh = mesh;
        this.features = features;
        this.credentials = new Credentials(proxy, mesh, services);
    }

    public static TransportSocket socket(DownstreamTlsContext context) {
        return TransportSocket.newBuilder()
                .setName(TLS_SOCKET)
                .setTypedConfig(Protos.pack(context))
                .build();
    }

    /** Mutual TLS of a sidecar's inbound chain: any identity of the mesh's trust domains. */
    public DownstreamTlsContext mesh(boolean http) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder().addAllAlpnProtocols(meshAlpn(http));
        MeshConfig.TLSConfig settings = mesh.meshMTLS();
        boolean only13 = settings != null && settings.minProtocolVersion() == MeshConfig.TLSConfig.TLSProtocol.TLSV1_3;
        common.setTlsParams(TlsParameters.newBuilder()
                .addAllCipherSuites(
                        settings == null || settings.cipherSuites().isEmpty()
                                ? CipherSuites.SIDECAR
                                : settings.cipherSuites())
                .setTlsMinimumProtocolVersion(only13 ? TlsProtocol.TLSv1_3 : TlsProtocol.TLSv1_2)
                .setTlsMaximumProtocolVersion(TlsProtocol.TLSv1_3));
        List<StringMatcher> names = trustDomains().stream()
                .map(domain -> StringMatcher.newBuilder()
                        .setPrefix("spiffe://" + domain + "/")
                        .build())
                .toList();
        Files files = Files.of(proxy);
        common.addTlsCertificateSdsSecretConfigs(credentials.certificate(files))
                .setCombinedValidationContext(
                        validation(CertificateValidationContext.newBuilder().addAllMatchSubjectAltNames(names), files));
        return DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setRequireClientCertificate(Protos.TRUE)
                .build();
    }

    private List<String> meshAlpn(boolean http) {
        boolean exchange = features.isOn(Feature.METADATA_EXCHANGE) && !features.isOn(Feature.DISABLE_MX_ALPN);
        return http || !exchange ? Alpn.HTTP : Alpn.DOWNSTREAM_TCP;
    }

    private ImmutableList<String> trustDomains() {
        Stream<String> ofCertificates =
                mesh.caCertificates().stream().flatMap(certificate -> certificate.trustDomains().stream());
        return Streams.concat(Stream.of(mesh.trustDomain()), mesh.trustDomainAliases().stream(), ofCertificates)
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * TLS of a gateway's server or a sidecar's ingress listener.
     *
     * @param tcp whether bytes, and no HTTP, are inside
     */
    public DownstreamTlsContext server(ServerTLSSettings settings, boolean tcp) {
        TLSmode mode = settings.mode();
        boolean required = mode == TLSmode.MUTUAL || mode == TLSmode.ISTIO_MUTUAL;
        boolean validates = required || mode == TLSmode.OPTIONAL_MUTUAL;
        boolean exchange = tcp && mode == TLSmode.ISTIO_MUTUAL && !features.isOn(Feature.DISABLE_MX_ALPN);
        CommonTlsContext.Builder common =
                CommonTlsContext.newBuilder().addAllAlpnProtocols(exchange ? Alpn.DOWNSTREAM_TCP : Alpn.HTTP);
        if (mode == TLSmode.ISTIO_MUTUAL) {
            fromFiles(settings, Files.of(proxy), List.of(), validates, common);
        } else if (!settings.credentialNames().isEmpty()
                || !settings.credentialName().isEmpty()) {
            credentials.apply(settings, common);
        } else {
            Files files = new Files(settings.serverCertificate(), settings.privateKey(), settings.caCertificates());
            fromFiles(settings, files, settings.tlsCertificates(), validates, common);
        }
        if (mode == TLSmode.SIMPLE || (validates && mode != TLSmode.ISTIO_MUTUAL)) {
            parameters(settings, common);
        }
        return DownstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setRequireClientCertificate(required ? Protos.TRUE : Protos.FALSE)
                .build();
    }

    private void fromFiles(
            ServerTLSSettings settings,
            Files files,
            List<ServerTLSSettings.TLSCertificate> certificates,
            boolean validates,
            CommonTlsContext.Builder common) {
        if (certificates.isEmpty()) {
            common.addTlsCertificateSdsSecretConfigs(credentials.certificate(files));
        }
        for (ServerTLSSettings.TLSCertificate certificate : certificates) {
            common.addTlsCertificateSdsSecretConfigs(credentials.certificate(
                    new Files(certificate.serverCertificate(), certificate.privateKey(), files.root())));
        }
        if (!validates) {
            return;
        }
        CertificateValidationContext.Builder validation =
                CertificateValidationContext.newBuilder().addAllMatchSubjectAltNames(exact(settings.subjectAltNames()));
        if (!settings.caCrl().isEmpty()) {
            validation.setCrl(DataSource.newBuilder().setFilename(settings.caCrl()));
        }
        if (Boolean.TRUE.equals(settings.insecureSkipVerify())) {
            validation.setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);
        }
        common.setCombinedValidationContext(validation(validation, files));
    }

    private CombinedCertificateValidationContext validation(CertificateValidationContext.Builder context, Files files) {
        SdsSecretConfig root = credentials.root(files);
        return CombinedCertificateValidationContext.newBuilder()
                .setDefaultValidationContext(context)
                .setValidationContextSdsSecretConfig(root)
                .build();
    }

    /** The settings' own parameters, over the mesh's defaults. */
    private void parameters(ServerTLSSettings settings, CommonTlsContext.Builder common) {
        TlsParameters.Builder parameters = TlsParameters.newBuilder();
        MeshConfig.TLSConfig defaults = mesh.tlsDefaults();
        if (defaults != null) {
            parameters.addAllEcdhCurves(defaults.ecdhCurves()).addAllCipherSuites(defaults.cipherSuites());
            if (defaults.minProtocolVersion() != MeshConfig.TLSConfig.TLSProtocol.TLS_AUTO) {
                boolean only13 = defaults.minProtocolVersion() == MeshConfig.TLSConfig.TLSProtocol.TLSV1_3;
                parameters.setTlsMinimumProtocolVersion(only13 ? TlsProtocol.TLSv1_3 : TlsProtocol.TLSv1_2);
            }
        }
        if (settings.minProtocolVersion() != TLSProtocol.TLS_AUTO) {
            parameters.setTlsMinimumProtocolVersion(version(settings.minProtocolVersion()));
        }
        if (!settings.ecdhCurves().isEmpty()) {
            parameters.clearEcdhCurves().addAllEcdhCurves(settings.ecdhCurves());
        }
        ImmutableList<String> suites = CipherSuites.accepted(settings.cipherSuites());
        if (!suites.isEmpty()) {
            parameters.clearCipherSuites().addAllCipherSuites(suites);
        }
        if (settings.maxProtocolVersion() != TLSProtocol.TLS_AUTO) {
            parameters.setTlsMaximumProtocolVersion(version(settings.maxProtocolVersion()));
        }
        if (!parameters.build().equals(TlsParameters.getDefaultInstance())) {
            common.setTlsParams(parameters);
        }
    }

    private static TlsProtocol version(TLSProtocol version) {
        return switch (version) {
            case TLS_AUTO -> TlsProtocol.TLS_AUTO;
            case TLSV1_0 -> TlsProtocol.TLSv1_0;
            case TLSV1_1 -> TlsProtocol.TLSv1_1;
            case TLSV1_2 -> TlsProtocol.TLSv1_2;
            case TLSV1_3 -> TlsProtocol.TLSv1_3;
        };
    }

    static List<StringMatcher> exact(List<String> names) {
        return names.stream()
                .map(name -> StringMatcher.newBuilder().setExact(name).build())
                .toList();
    }

    /** Certificate, key and root in files of the proxy's machine; empty where the agent's own are meant. */
    record Files(String certificate, String key, String root) {
        static Files of(Proxy proxy) {
            return new Files(
                    proxy.metadata().text("TLS_SERVER_CERT_CHAIN"),
                    proxy.metadata().text("TLS_SERVER_KEY"),
                    proxy.metadata().text("TLS_SERVER_ROOT_CERT"));
        }

        @Nullable
        String certificateName() {
            return certificate.isEmpty() || key.isEmpty() ? null : "file-cert:" + certificate + "~" + key;
        }

        @Nullable
        String rootName() {
            return root.isEmpty() ? null : "file-root:" + root;
        }
    }
}
