package io.layar.proxy.transport;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;
import io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a peer's certificate by {@link PeerRules}: chain, expiry, revocation, names, hashes.
 *
 * <p>Errors: {@link Refused} with Envoy's text. Thread: any.
 */
final class PeerVerifier extends X509ExtendedTrustManager {
    private final PeerRules rules;
    private final Failures failures;

    /** Counters of refusals. */
    record Failures(Counter error, Counter san, Counter hash) {
        static Failures of(StatsScope scope) {
            return new Failures(
                    scope.counter("ssl.fail_verify_error"),
                    scope.counter("ssl.fail_verify_san"),
                    scope.counter("ssl.fail_verify_cert_hash"));
        }
    }

    /** A certificate that was not accepted. */
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1L;

        /** X.509 verification code, from which the alert follows. */
        private final int code;

        Refused(String message) {
            super(message);
            this.code = message.contains("expired")
                    ? 10
                    : message.contains("not yet valid")
                            ? 9
                            : message.contains("revoked") ? 23 : message.startsWith("X509_verify_cert") ? 20 : 50;
        }
    }

    /**
     * Names of one connection alone (auto_san_validation), of which one must be a DNS name of the peer, travel as the engine's peer host,
     * as the trust manager is the context's: separated by commas.
     */
    PeerVerifier(PeerRules rules, Failures failures) {
        this.rules = rules;
        this.failures = failures;
    }

    private void verify(X509Certificate[] chain, String purpose, @Nullable SSLEngine engine)
            throws CertificateException {
        String names = engine == null ? null : engine.getPeerHost();
        List<String> expected = names == null || names.isEmpty() ? List.of() : List.of(names.split(","));
        try {
            check(chain, purpose, expected);
        } catch (Refused e) {
            throw new OpenSslCertificateException(String.valueOf(e.getMessage()), e, e.code);
        }
    }

    private void check(X509Certificate[] chain, String purpose, List<String> expected) throws CertificateException {
        X509Certificate leaf = chain[0];
        if (rules.verifiesChain() && !rules.acceptUntrusted()) {
            verifyChain(chain, purpose);
        }
        verifyNames(leaf, expected);
        verifyHashes(leaf);
    }

    private void verifyChain(X509Certificate[] chain, String purpose) throws Refused {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(chain[0]);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(rules.anchors(), target);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            parameters.setRevocationEnabled(false);
            if (rules.allowExpired()) {
                parameters.setDate(new Date(Math.min(
                        System.currentTimeMillis(), chain[0].getNotAfter().getTime() - 1000)));
            }
            CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
            if (!rules.revocations().isEmpty()) {
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(rules.revocations())));
                PKIXRevocationChecker checker = (PKIXRevocationChecker) builder.getRevocationChecker();
                EnumSet<PKIXRevocationChecker.Option> options =
                        EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK);
                if (rules.leafRevocationOnly()) {
                    options.add(PKIXRevocationChecker.Option.ONLY_END_ENTITY);
                }
                checker.setOptions(options);
                parameters.addCertPathChecker(checker);
                parameters.setRevocationEnabled(false);
            }
            builder.build(parameters);
            verifyUsage(chain[0], purpose);
        } catch (CertPathBuilderException e) {
            failures.error.inc();
            throw new Refused("X509_verify_cert: certificate verification error at depth 0: " + reason(e, chain[0]));
        } catch (GeneralSecurityException e) {
            if (e instanceof Refused refused) {
                throw refused;
            }
            failures.error.inc();
            throw new Refused("X509_verify_cert: certificate verification error at depth 0: " + e.getMessage());
        }
    }

    private void verifyUsage(X509Certificate leaf, String purpose) throws CertificateException {
        List<String> usages = leaf.getExtendedKeyUsage();
        if (usages != null && !usages.contains(purpose) && !usages.contains("2.5.29.37.0")) {
            failures.error.inc();
            throw new Refused(
                    "X509_verify_cert: certificate verification error at depth 0: unsupported certificate purpose");
        }
    }

    private static String reason(Throwable failure, X509Certificate leaf) {
        long now = System.currentTimeMillis();
        if (now > leaf.getNotAfter().getTime()) {
            return "certificate has expired";
        }
        if (now < leaf.getNotBefore().getTime()) {
            return "certificate is not yet valid";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "certificate has expired";
            }
            if (cause instanceof CertPathValidatorException invalid) {
                if (invalid.getReason() == CertPathValidatorException.BasicReason.REVOKED) {
                    return "certificate revoked";
                }
                if (invalid.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE) {
                    return "certificate signature failure";
                }
            }
        }
        return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
                ? "self-signed certificate"
                : "unable to get local issuer certificate";
    }

    private void verifyNames(X509Certificate leaf, List<String> expected) throws Refused {
        if (!expected.isEmpty()
                && !anyMatches(expected.stream().map(SanRule::exactDns).toList(), leaf)) {
            failures.san.inc();
            throw new Refused("verify SAN list, expected SANs: [" + String.join(", ", expected)
                    + "], certificate SANs: [" + String.join(", ", CertificateNames.all(leaf)) + "]");
        }
        if (!rules.sans().isEmpty() && !anyMatches(rules.sans(), leaf)) {
            failures.san.inc();
            throw new Refused(
                    "SAN matcher, certificate SANs are [" + String.join(", ", CertificateNames.all(leaf)) + "]");
        }
    }

    private static boolean anyMatches(List<SanRule> wanted, X509Certificate leaf) {
        return wanted.stream()
                .anyMatch(
                        rule -> CertificateNames.of(leaf, rule.type()).stream().anyMatch(rule.rule()));
    }

    private void verifyHashes(X509Certificate leaf) throws CertificateException {
        if (rules.hashes().isEmpty() && rules.spkis().isEmpty()) {
            return;
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            boolean hash = rules.hashes().contains(HexFormat.of().formatHex(sha.digest(leaf.getEncoded())));
            boolean spki = rules.spkis()
                    .contains(Base64.getEncoder()
                            .encodeToString(sha.digest(leaf.getPublicKey().getEncoded())));
            if (!hash && !spki) {
                failures.hash.inc();
                throw new Refused("certificate hash mismatch");
            }
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.2", engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.1", engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.2", null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.1", null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.2", null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        verify(chain, "1.3.6.1.5.5.7.3.1", null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        List<X509Certificate> issuers = new ArrayList<>();
        rules.anchors().forEach(anchor -> issuers.add(anchor.getTrustedCert()));
        return issuers.toArray(X509Certificate[]::new);
    }
}
