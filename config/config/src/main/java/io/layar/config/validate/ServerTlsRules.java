package io.layar.config.validate;

import com.google.common.collect.ImmutableSet;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.config.networking.ServerTLSSettings.TLSProtocol;
import io.layar.config.networking.ServerTLSSettings.TLSmode;
import java.util.HashSet;
import java.util.TreeSet;

/** Rules of TLS on a server port. */
final class ServerTlsRules {
    private static final ImmutableSet<String> CIPHERS = ImmutableSet.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA",
            "DES-CBC3-SHA");

    private ServerTlsRules() {}

    static void check(Validation v, FieldPath path, ServerTLSSettings tls) {
        ciphers(v, path, tls);
        var mode = tls.mode();
        if (mode == TLSmode.ISTIO_MUTUAL) {
            istioMutual(v, path, tls);
            return;
        }
        if (mode == TLSmode.PASSTHROUGH || mode == TLSmode.AUTO_PASSTHROUGH) {
            passThrough(v, path, tls);
        }
        oneSource(v, path, tls);
        boolean terminates = mode == TLSmode.SIMPLE || mode == TLSmode.MUTUAL || mode == TLSmode.OPTIONAL_MUTUAL;
        if (terminates
                && (!tls.credentialName().isEmpty() || !tls.credentialNames().isEmpty())) {
            return;
        }
        if (terminates) {
            certificates(v, path, tls);
        }
        if (!tls.caCrl().isEmpty()) {
            if (!tls.credentialName().isEmpty()) {
                v.error(path, "CRL is not supported with credentialName. CRL has to be specified in the credential");
            }
            if (mode == TLSmode.SIMPLE) {
                v.error(path, "CRL is not supported with SIMPLE TLS");
            }
        }
    }

    private static void ciphers(Validation v, FieldPath path, ServerTLSSettings tls) {
        var oldest = tls.minProtocolVersion();
        if ((oldest == TLSProtocol.TLSV1_0 || oldest == TLSProtocol.TLSV1_1)
                && tls.cipherSuites().isEmpty()) {
            v.warning(
                    path.field("minProtocolVersion"),
                    "TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include"
                            + " compatible ciphers.");
        }
        var invalid = new TreeSet<String>();
        var seen = new HashSet<String>();
        var duplicate = new TreeSet<String>();
        for (var cipher : tls.cipherSuites()) {
            if (!isCipher(cipher)) {
                invalid.add(cipher);
            } else if (!seen.add(cipher)) {
                duplicate.add(cipher);
            }
        }
        if (!invalid.isEmpty()) {
            v.warning(path.field("cipherSuites"), "ignoring invalid cipher suites: %s", invalid);
        }
        if (!duplicate.isEmpty()) {
            v.warning(path.field("cipherSuites"), "ignoring duplicate cipher suites: %s", duplicate);
        }
    }

    /** Expressions with operators are taken as they are. */
    private static boolean isCipher(String cipher) {
        return cipher.isEmpty()
                || cipher.equals("ALL")
                || !Character.isLetterOrDigit(cipher.charAt(0))
                || CIPHERS.contains(cipher);
    }

    private static void istioMutual(Validation v, FieldPath path, ServerTLSSettings tls) {
        refuse(v, path, !tls.serverCertificate().isEmpty(), "server certificate");
        refuse(v, path, !tls.privateKey().isEmpty(), "private key");
        refuse(v, path, !tls.caCertificates().isEmpty(), "CA bundle");
        refuse(v, path, !tls.tlsCertificates().isEmpty(), "tlsCertificates");
        refuse(v, path, !tls.credentialName().isEmpty(), "credentialName");
        refuse(v, path, !tls.credentialNames().isEmpty(), "credentialNames");
    }

    private static void refuse(Validation v, FieldPath path, boolean given, String what) {
        if (given) {
            v.error(path, "ISTIO_MUTUAL TLS cannot have associated " + what);
        }
    }

    private static void passThrough(Validation v, FieldPath path, ServerTLSSettings tls) {
        boolean any = !tls.caCrl().isEmpty()
                || !tls.serverCertificate().isEmpty()
                || !tls.privateKey().isEmpty()
                || !tls.caCertificates().isEmpty()
                || !tls.tlsCertificates().isEmpty()
                || !tls.credentialName().isEmpty()
                || !tls.credentialNames().isEmpty();
        if (any) {
            v.warning(path, "%s mode does not use certificates, they will be ignored", tls.mode());
        }
    }

    private static void oneSource(Validation v, FieldPath path, ServerTLSSettings tls) {
        int sources = (!tls.serverCertificate().isEmpty() && !tls.privateKey().isEmpty() ? 1 : 0)
                + (tls.credentialName().isEmpty() ? 0 : 1)
                + (tls.credentialNames().isEmpty() ? 0 : 1)
                + (tls.tlsCertificates().isEmpty() ? 0 : 1);
        if (sources > 1) {
            v.error(
                    path,
                    "only one of credential_name, credential_names, server_certificate/private_key, tls_certificates"
                            + " should be specified");
        }
    }

    private static void certificates(Validation v, FieldPath path, ServerTLSSettings tls) {
        var name = tls.mode() == TLSmode.SIMPLE ? "SIMPLE TLS" : "MUTUAL TLS";
        if (tls.mode() != TLSmode.SIMPLE && tls.caCertificates().isEmpty()) {
            v.error(path, name + " requires a client CA bundle");
        }
        if (tls.tlsCertificates().size() > 2) {
            v.warning(path, name + " can support up to 2 server certificates");
        }
        if (tls.tlsCertificates().isEmpty()) {
            pair(v, path, name, tls.serverCertificate(), tls.privateKey());
        }
        tls.tlsCertificates().forEach(pair -> pair(v, path, name, pair.serverCertificate(), pair.privateKey()));
    }

    private static void pair(Validation v, FieldPath path, String name, String certificate, String key) {
        if (certificate.isEmpty()) {
            v.error(path, name + " requires a server certificate");
        }
        if (key.isEmpty()) {
            v.error(path, name + " requires a private key");
        }
    }
}
