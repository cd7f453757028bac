package io.layar.proxy.core.stream;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side knows about an established TLS connection; the transport computes each fact when it is asked for.
 *
 * <p>Shape: names, versions and fingerprints as Envoy's formatters print them ({@code TLSv1.3}, lower-case hex). A missing
 * peer certificate gives nulls and empty lists. Thread: event loop of the connection.
 */
public interface TlsFacts {
    String version();

    /** OpenSSL's name of the cipher suite, such as {@code ECDHE-ECDSA-AES128-GCM-SHA256} or {@code TLS_AES_128_GCM_SHA256}. */
    String cipher();

    /** Hex, or null when there is none. */
    @Nullable
    String sessionId();

    boolean peerCertificatePresented();

    boolean peerCertificateValidated();

    /** RFC 2253 text of the peer's subject. */
    @Nullable
    String peerSubject();

    @Nullable
    String peerIssuer();

    /** Hex, lower case. */
    @Nullable
    String peerSerial();

    /** SHA-256 of the DER form, hex. */
    @Nullable
    String peerFingerprint256();

    /** SHA-1 of the DER form, hex. */
    @Nullable
    String peerFingerprint1();

    List<String> peerUriSans();

    List<String> peerDnsSans();

    List<String> peerIpSans();

    List<String> peerEmailSans();

    /** PEM of the peer's leaf certificate, URL encoded as in x-forwarded-client-cert. */
    @Nullable
    String peerCertificatePem();

    /** PEM of the peer's whole chain, URL encoded. */
    @Nullable
    String peerChainPem();

    @Nullable
    Instant peerNotBefore();

    @Nullable
    Instant peerNotAfter();

    @Nullable
    String localSubject();

    List<String> localUriSans();

    List<String> localDnsSans();

    List<String> localIpSans();
}
