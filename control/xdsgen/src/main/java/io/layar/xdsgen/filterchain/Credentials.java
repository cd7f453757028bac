package io.layar.xdsgen.filterchain;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.SdsSecrets;
import io.layar.xdsgen.telemetry.Providers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets by {@code credentialName} and by file, as the proxy fetches them. */
final class Credentials {
    private static final String EXTERNAL_PREFIX = "sds://";
    private static final String EXTERNAL_CLUSTER = "sds-external";
    private static final String BUILT_IN = "builtin://";
    private static final String INVALID = "invalid://";
    private static final String KUBERNETES = "kubernetes://";
    private static final List<String> TYPED = List.of(KUBERNETES, "kubernetes-gateway://", "configmap://");

    private final MeshConfig mesh;
    private final Providers.ServiceLookup services;
    private final boolean ownSecretServer;
    private final boolean filesByServer;

    Credentials(Proxy proxy, MeshConfig mesh, Providers.ServiceLookup services) {
        this.mesh = mesh;
        this.services = services;
        this.ownSecretServer = proxy.metadata().text("credential").equals("true");
        this.filesByServer = proxy.metadata().text("file-credential").equals("true");
    }

    SdsSecretConfig certificate(ServerTls.Files files) {
        return fromAgent(files.certificateName(), SdsSecrets.WORKLOAD);
    }

    SdsSecretConfig root(ServerTls.Files files) {
        return fromAgent(files.rootName(), SdsSecrets.ROOT);
    }

    private SdsSecretConfig fromAgent(@Nullable String file, String otherwise) {
        if (file != null && filesByServer) {
            return SdsSecrets.fromFiles(file);
        }
        return SdsSecrets.fromAgent(file == null ? otherwise : file);
    }

    /** The certificates of {@code credentialName(s)}, and what clients are verified with. */
    void apply(ServerTLSSettings settings, CommonTlsContext.Builder common) {
        List<String> names =
                settings.credentialNames().isEmpty() ? List.of(settings.credentialName()) : settings.credentialNames();
        for (String name : names) {
            SdsSecretConfig secret = named(name);
            if (secret != null) {
                common.addTlsCertificateSdsSecretConfigs(secret);
            }
        }
        if (settings.mode() == TLSmode.MUTUAL || settings.mode() == TLSmode.OPTIONAL_MUTUAL) {
            common.setCombinedValidationContext(validation(settings, names.getFirst()));
        } else if (!settings.subjectAltNames().isEmpty()) {
            common.setValidationContext(CertificateValidationContext.newBuilder()
                    .addAllMatchSubjectAltNames(ServerTls.exact(settings.subjectAltNames())));
        }
    }

    private CombinedCertificateValidationContext validation(ServerTLSSettings settings, String credential) {
        CertificateValidationContext.Builder validation = CertificateValidationContext.newBuilder()
                .addAllMatchSubjectAltNames(ServerTls.exact(settings.subjectAltNames()))
                .addAllVerifyCertificateSpki(settings.verifyCertificateSpki())
                .addAllVerifyCertificateHash(settings.verifyCertificateHash());
        if (Boolean.TRUE.equals(settings.insecureSkipVerify())) {
            validation.setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);
        }
        CombinedCertificateValidationContext.Builder out =
                CombinedCertificateValidationContext.newBuilder().setDefaultValidationContext(validation);
        SdsSecretConfig ca = named(
                settings.caCertCredentialName().isEmpty()
                        ? credential + SdsSecrets.CA_SUFFIX
                        : settings.caCertCredentialName());
        if (ca != null) {
            out.setValidationContextSdsSecretConfig(ca);
        }
        return out.build();
    }

    /** Null when the name is empty, or the mesh's secret server is unknown. */
    private @Nullable SdsSecretConfig named(String name) {
        if (name.isEmpty()) {
            return null;
        }
        if (name.equals(BUILT_IN)) {
            return SdsSecrets.fromAgent(SdsSecrets.WORKLOAD);
        }
        if (name.equals(BUILT_IN + SdsSecrets.CA_SUFFIX)) {
            return SdsSecrets.fromAgent(SdsSecrets.ROOT);
        }
        if (!name.startsWith(EXTERNAL_PREFIX)) {
            return SdsSecrets.fromControlPlane(resource(name));
        }
        String inner = name.substring(EXTERNAL_PREFIX.length());
        if (ownSecretServer) {
            return SdsSecrets.fromServer(name, EXTERNAL_CLUSTER, "");
        }
        for (ExtensionProvider provider : mesh.extensionProviders()) {
            if (provider.sds() != null) {
                Providers.Target target = Providers.target(
                        provider.sds().service(), provider.sds().port(), services);
                return target == null ? null : SdsSecrets.fromServer(inner, target.cluster(), target.host());
            }
        }
        return SdsSecrets.fromControlPlane(resource(inner));
    }

    private static String resource(String name) {
        if (name.startsWith(BUILT_IN)) {
            return SdsSecrets.WORKLOAD;
        }
        if (name.startsWith(INVALID)) {
            return INVALID;
        }
        return TYPED.stream().anyMatch(name::startsWith) ? name : KUBERNETES + name;
    }
}
