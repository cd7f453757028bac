package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.layar.proxy.core.config.ConfigRejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS context is made of, with its secrets looked up: own certificates and the rules for the peer's.
 *
 * <p>Thread: main loop.
 */
final class TlsContextSource {
    private final CommonTlsContext proto;
    private final String path;
    private final SecretTable secrets;

    /** What is known now; null parts wait for a secret. */
    record Material(
            @Nullable List<Identity> identities, @Nullable PeerRules rules) {
        boolean complete() {
            return identities != null && rules != null;
        }
    }

    TlsContextSource(CommonTlsContext proto, String path, SecretTable secrets) {
        this.proto = proto;
        this.path = path;
        this.secrets = secrets;
        if (proto.getTlsCertificateSdsSecretConfigsCount() > 0 && proto.getTlsCertificatesCount() > 0) {
            throw new ConfigRejected(
                    path, "only one of tls_certificates and tls_certificate_sds_secret_configs may be given");
        }
        subscribe();
    }

    /** The secrets that the context needs, static ones too. */
    List<SdsSecretConfig> wanted() {
        List<SdsSecretConfig> wanted = new ArrayList<>(proto.getTlsCertificateSdsSecretConfigsList());
        if (proto.hasValidationContextSdsSecretConfig()) {
            wanted.add(proto.getValidationContextSdsSecretConfig());
        }
        if (proto.hasCombinedValidationContext()) {
            wanted.add(proto.getCombinedValidationContext().getValidationContextSdsSecretConfig());
        }
        return wanted;
    }

    private void subscribe() {
        for (SdsSecretConfig config : wanted()) {
            if (!config.hasSdsConfig()) {
                if (secrets.find(Secrets.STATIC, config.getName()) == null) {
                    throw new ConfigRejected(path, "Unknown static secret: " + config.getName());
                }
                continue;
            }
            Secrets.Subscriber subscriber = secrets.subscriber();
            if (subscriber == null) {
                throw ConfigRejected.unsupported(path, "sds_config of this kind");
            }
            subscriber.subscribe(sourceOf(config), config.getName(), config.getSdsConfig());
        }
    }

    static String sourceOf(SdsSecretConfig config) {
        return config.hasSdsConfig() ? "sds" : Secrets.STATIC;
    }

    Material material() {
        return new Material(identities(), rules());
    }

    /** What the admin interface shows of {@code material}. */
    CertificateInventory.Entry inventory(Material material) {
        List<CertificateInventory.Item> chain = new ArrayList<>();
        String chainPath = proto.getTlsCertificatesCount() > 0
                ? proto.getTlsCertificates(0).getCertificateChain().getFilename()
                : "";
        if (material.identities() != null) {
            material.identities()
                    .forEach(i -> chain.add(new CertificateInventory.Item(
                            named(chainPath), i.chain().getFirst())));
        }
        List<CertificateInventory.Item> authorities = new ArrayList<>();
        String caPath = proto.getValidationContext().getTrustedCa().getFilename();
        if (material.rules() != null) {
            material.rules()
                    .anchors()
                    .forEach(a -> authorities.add(new CertificateInventory.Item(named(caPath), a.getTrustedCert())));
        }
        return new CertificateInventory.Entry(authorities, chain);
    }

    private static String named(String path) {
        return path.isEmpty() ? "<inline>" : path;
    }

    private @Nullable List<Identity> identities() {
        List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < proto.getTlsCertificatesCount(); i++) {
            identities.add(Identity.compile(proto.getTlsCertificates(i), path + ".tls_certificates[" + i + "]"));
        }
        for (SdsSecretConfig config : proto.getTlsCertificateSdsSecretConfigsList()) {
            Secret secret = secrets.find(sourceOf(config), config.getName());
            if (secret == null) {
                return null;
            }
            identities.add(Identity.compile(secret.getTlsCertificate(), "tls_certificate"));
        }
        return identities;
    }

    private @Nullable PeerRules rules() {
        return switch (proto.getValidationContextTypeCase()) {
            case VALIDATION_CONTEXT -> PeerRules.compile(proto.getValidationContext(), path + ".validation_context");
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG ->
                fromSecret(
                        proto.getValidationContextSdsSecretConfig(), CertificateValidationContext.getDefaultInstance());
            case COMBINED_VALIDATION_CONTEXT ->
                fromSecret(
                        proto.getCombinedValidationContext().getValidationContextSdsSecretConfig(),
                        proto.getCombinedValidationContext().getDefaultValidationContext());
            default -> PeerRules.NONE;
        };
    }

    private @Nullable PeerRules fromSecret(SdsSecretConfig config, CertificateValidationContext defaults) {
        Secret secret = secrets.find(sourceOf(config), config.getName());
        if (secret == null) {
            return null;
        }
        return PeerRules.compile(
                defaults.toBuilder().mergeFrom(secret.getValidationContext()).build(), "validation_context");
    }
}
