package io.layar.proxy.transport;

import io.layar.proxy.core.stream.TlsFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The facts of one finished handshake; costly ones are computed when first asked for. Thread: event loop of the connection. */
final class SessionFacts implements TlsFacts {
    private static final Map<String, String> CIPHER_NAMES = new ConcurrentHashMap<>();

    private final String version;
    private final String cipher;
    private final byte[] sessionId;
    private final List<X509Certificate> peer;
    private final @Nullable X509Certificate local;
    private final boolean validated;
    private @Nullable String fingerprint256;
    private @Nullable String pem;

    private SessionFacts(SSLSession session, @Nullable X509Certificate local, boolean validates) {
        this.version = session.getProtocol();
        this.cipher = CIPHER_NAMES.computeIfAbsent(session.getCipherSuite(), SessionFacts::openSslName);
        this.sessionId = session.getId();
        this.peer = peerOf(session);
        this.local = local;
        this.validated = validates && !peer.isEmpty();
    }

    static SessionFacts of(SSLSession session, @Nullable X509Certificate local, boolean validates) {
        return new SessionFacts(session, local, validates);
    }

    private static List<X509Certificate> peerOf(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>(2);
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
        return chain;
    }

    /** {@code ECDHE-ECDSA-AES128-GCM-SHA256} of {@code TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}; TLS 1.3 names are the same in both worlds. */
    static String openSslName(String name) {
        int with = name.indexOf("_WITH_");
        if (with < 0) {
            return name;
        }
        String exchange = name.substring(4, with).replace('_', '-');
        String suite = name.substring(with + 6);
        if (suite.startsWith("CHACHA20_POLY1305")) {
            suite = "CHACHA20-POLY1305";
        }
        suite = suite.replace("AES_128", "AES128")
                .replace("AES_256", "AES256")
                .replace("_CBC_", "_")
                .replace('_', '-');
        return exchange.equals("RSA") ? suite : exchange + "-" + suite;
    }

    private @Nullable X509Certificate leaf() {
        return peer.isEmpty() ? null : peer.getFirst();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String cipher() {
        return cipher;
    }

    @Override
    public @Nullable String sessionId() {
        return sessionId.length == 0 ? null : HexFormat.of().formatHex(sessionId);
    }

    @Override
    public boolean peerCertificatePresented() {
        return !peer.isEmpty();
    }

    @Override
    public boolean peerCertificateValidated() {
        return validated;
    }

    @Override
    public @Nullable String peerSubject() {
        X509Certificate leaf = leaf();
        return leaf == null ? null : leaf.getSubjectX500Principal().getName();
    }

    @Override
    public @Nullable String peerIssuer() {
        X509Certificate leaf = leaf();
        return leaf == null ? null : leaf.getIssuerX500Principal().getName();
    }

    @Override
    public @Nullable String peerSerial() {
        X509Certificate leaf = leaf();
        if (leaf == null) {
            return null;
        }
        String hex = leaf.getSerialNumber().toString(16).toLowerCase(Locale.ROOT);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    @Override
    public @Nullable String peerFingerprint256() {
        if (fingerprint256 == null) {
            fingerprint256 = digest("SHA-256");
        }
        return fingerprint256;
    }

    @Override
    public @Nullable String peerFingerprint1() {
        return digest("SHA-1");
    }

    private @Nullable String digest(String algorithm) {
        X509Certificate leaf = leaf();
        try {
            return leaf == null
                    ? null
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance(algorithm).digest(leaf.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> peerUriSans() {
        return names(leaf(), CertificateNames.URI);
    }

    @Override
    public List<String> peerDnsSans() {
        return names(leaf(), CertificateNames.DNS);
    }

    @Override
    public List<String> peerIpSans() {
        return names(leaf(), CertificateNames.IP);
    }

    @Override
    public List<String> peerEmailSans() {
        return names(leaf(), CertificateNames.EMAIL);
    }

    private static List<String> names(@Nullable X509Certificate certificate, int type) {
        return certificate == null ? List.of() : CertificateNames.of(certificate, type);
    }

    @Override
    public @Nullable String peerCertificatePem() {
        X509Certificate leaf = leaf();
        if (pem == null && leaf != null) {
            pem = urlEncoded(List.of(leaf));
        }
        return pem;
    }

    @Override
    public @Nullable String peerChainPem() {
        return peer.isEmpty() ? null : urlEncoded(peer);
    }

    private static String urlEncoded(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        try {
            for (X509Certificate certificate : chain) {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(base64.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        return URLEncoder.encode(text.toString(), StandardCharsets.US_ASCII).replace("+", "%20");
    }

    @Override
    public @Nullable Instant peerNotBefore() {
        X509Certificate leaf = leaf();
        return leaf == null ? null : leaf.getNotBefore().toInstant();
    }

    @Override
    public @Nullable Instant peerNotAfter() {
        X509Certificate leaf = leaf();
        return leaf == null ? null : leaf.getNotAfter().toInstant();
    }

    @Override
    public @Nullable String localSubject() {
        return local == null ? null : local.getSubjectX500Principal().getName();
    }

    @Override
    public List<String> localUriSans() {
        return names(local, CertificateNames.URI);
    }

    @Override
    public List<String> localDnsSans() {
        return names(local, CertificateNames.DNS);
    }

    @Override
    public List<String> localIpSans() {
        return names(local, CertificateNames.IP);
    }
}
