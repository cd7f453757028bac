package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import org.jspecify.annotations.Nullable;

/** TLS on a server port. */
public record ServerTLSSettings(
        boolean httpsRedirect,
        TLSmode mode,
        String serverCertificate,
        String privateKey,
        String caCertificates,
        String caCrl,
        String credentialName,
        @Limits(minSize = 1, maxSize = 2) ImmutableList<String> credentialNames,
        String caCertCredentialName,
        @Limits(minSize = 1, maxSize = 2) ImmutableList<TLSCertificate> tlsCertificates,
        ImmutableList<String> subjectAltNames,
        ImmutableList<String> verifyCertificateSpki,
        ImmutableList<String> verifyCertificateHash,
        TLSProtocol minProtocolVersion,
        TLSProtocol maxProtocolVersion,
        ImmutableList<String> cipherSuites,
        @Nullable Boolean insecureSkipVerify,
        ImmutableList<String> ecdhCurves) {
    /** The values of {@code TLSmode} in {@link ServerTLSSettings}. */
    public enum TLSmode {
        PASSTHROUGH,
        SIMPLE,
        MUTUAL,
        AUTO_PASSTHROUGH,
        ISTIO_MUTUAL,
        OPTIONAL_MUTUAL
    }

    /** The values of {@code TLSProtocol} in {@link ServerTLSSettings}. */
    public enum TLSProtocol {
        TLS_AUTO,
        TLSV1_0,
        TLSV1_1,
        TLSV1_2,
        TLSV1_3
    }

    /** The {@code TLSCertificate} message of {@link ServerTLSSettings}. */
    public record TLSCertificate(String serverCertificate, String privateKey, String caCertificates) {}
}
