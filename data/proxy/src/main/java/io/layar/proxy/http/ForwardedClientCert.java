package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.stream.TlsFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of x-forwarded-client-cert. Thread: any (immutable).
 * Source: {@code forward_client_cert_details} and {@code set_current_client_cert_details}.
 */
record ForwardedClientCert(Mode mode, boolean subject, boolean cert, boolean chain, boolean dns, boolean uri) {
    enum Mode {
        SANITIZE,
        FORWARD_ONLY,
        APPEND_FORWARD,
        SANITIZE_SET,
        ALWAYS_FORWARD_ONLY
    }

    void apply(HeaderMap headers, @Nullable TlsFacts tls) {
        if (mode == Mode.ALWAYS_FORWARD_ONLY) {
            return;
        }
        boolean mutual = tls != null && tls.peerCertificatePresented();
        if (mode == Mode.SANITIZE || tls == null || !mutual) {
            headers.remove(HeaderNames.X_FORWARDED_CLIENT_CERT);
            return;
        }
        if (mode == Mode.FORWARD_ONLY) {
            return;
        }
        String element = element(tls);
        String before = headers.get(HeaderNames.X_FORWARDED_CLIENT_CERT);
        if (mode == Mode.APPEND_FORWARD && before != null && !before.isEmpty()) {
            headers.set(HeaderNames.X_FORWARDED_CLIENT_CERT, before + "," + element);
        } else {
            headers.set(HeaderNames.X_FORWARDED_CLIENT_CERT, element);
        }
    }

    private String element(TlsFacts tls) {
        StringBuilder out = new StringBuilder();
        for (String uriSan : tls.localUriSans()) {
            part(out, "By", uriSan);
        }
        String fingerprint = tls.peerFingerprint256();
        if (fingerprint != null && !fingerprint.isEmpty()) {
            part(out, "Hash", fingerprint);
        }
        if (cert && tls.peerCertificatePem() instanceof String pem) {
            part(out, "Cert", '"' + pem + '"');
        }
        if (chain && tls.peerChainPem() instanceof String pem) {
            part(out, "Chain", '"' + pem + '"');
        }
        if (subject) {
            String name = tls.peerSubject();
            part(
                    out,
                    "Subject",
                    '"' + (name == null ? "" : name.replace("\\", "\\\\").replace("\"", "\\\"")) + '"');
        }
        if (uri) {
            sans(out, "URI", tls.peerUriSans());
        }
        if (dns) {
            sans(out, "DNS", tls.peerDnsSans());
        }
        return out.toString();
    }

    private static void sans(StringBuilder out, String key, List<String> sans) {
        if (sans.isEmpty() && key.equals("URI")) {
            part(out, key, "");
        }
        for (String san : sans) {
            part(out, key, san);
        }
    }

    private static void part(StringBuilder out, String key, String value) {
        if (!out.isEmpty()) {
            out.append(';');
        }
        out.append(key).append('=').append(value);
    }
}
