package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** TLS towards a destination. */
public record ClientTLSSettings(
        TLSmode mode,
        String clientCertificate,
        String privateKey,
        String caCertificates,
        String credentialName,
        ImmutableList<String> subjectAltNames,
        String sni,
        @Nullable Boolean insecureSkipVerify,
        String caCrl) {
    /** The values of {@code TLSmode} in {@link ClientTLSSettings}. */
    public enum TLSmode {
        DISABLE,
        SIMPLE,
        MUTUAL,
        ISTIO_MUTUAL
    }
}
