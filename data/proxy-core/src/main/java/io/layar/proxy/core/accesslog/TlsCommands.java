package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.core.stream.TlsFacts;
import io.layar.proxy.core.stream.UpstreamInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operators over TLS, {@code DOWNSTREAM_…} and {@code UPSTREAM_…} alike. */
final class TlsCommands {
    private TlsCommands() {}

    static @Nullable Operator find(String name, String argument) {
        Function<StreamInfo, @Nullable TlsFacts> side;
        String fact;
        if (name.startsWith("DOWNSTREAM_")) {
            side = info -> info.connection().tls();
            fact = name.substring("DOWNSTREAM_".length());
        } else if (name.startsWith("UPSTREAM_")) {
            side = TlsCommands::upstreamTls;
            fact = name.substring("UPSTREAM_".length());
        } else {
            return null;
        }
        Operator date = validity(side, fact, argument);
        if (date != null) {
            return date;
        }
        Function<TlsFacts, @Nullable String> value = fact(fact);
        return value == null ? null : text(side, value);
    }

    private static @Nullable TlsFacts upstreamTls(StreamInfo info) {
        UpstreamInfo upstream = info.upstream();
        return upstream == null ? null : upstream.tls();
    }

    private static @Nullable Function<TlsFacts, @Nullable String> fact(String fact) {
        return switch (fact) {
            case "TLS_VERSION" -> TlsFacts::version;
            case "TLS_CIPHER" -> TlsFacts::cipher;
            case "TLS_SESSION_ID" -> TlsFacts::sessionId;
            case "PEER_SUBJECT" -> TlsFacts::peerSubject;
            case "PEER_ISSUER" -> TlsFacts::peerIssuer;
            case "PEER_SERIAL" -> TlsFacts::peerSerial;
            case "PEER_FINGERPRINT_256" -> TlsFacts::peerFingerprint256;
            case "PEER_FINGERPRINT_1" -> TlsFacts::peerFingerprint1;
            case "PEER_CERT" -> TlsFacts::peerCertificatePem;
            case "PEER_URI_SAN" -> tls -> joined(tls.peerUriSans());
            case "PEER_DNS_SAN" -> tls -> joined(tls.peerDnsSans());
            case "PEER_IP_SAN" -> tls -> joined(tls.peerIpSans());
            case "PEER_EMAIL_SAN" -> tls -> joined(tls.peerEmailSans());
            case "LOCAL_SUBJECT" -> TlsFacts::localSubject;
            case "LOCAL_URI_SAN" -> tls -> joined(tls.localUriSans());
            case "LOCAL_DNS_SAN" -> tls -> joined(tls.localDnsSans());
            case "LOCAL_IP_SAN" -> tls -> joined(tls.localIpSans());
            default -> null;
        };
    }

    private static @Nullable Operator validity(
            Function<StreamInfo, @Nullable TlsFacts> side, String fact, String format) {
        return switch (fact) {
            case "PEER_CERT_V_START" -> date(side, TlsFacts::peerNotBefore, format);
            case "PEER_CERT_V_END" -> date(side, TlsFacts::peerNotAfter, format);
            default -> null;
        };
    }

    private static Operator.Text date(
            Function<StreamInfo, @Nullable TlsFacts> side, Function<TlsFacts, @Nullable Instant> when, String format) {
        DatePattern pattern = DatePattern.compile(format, false);
        return text(side, tls -> {
            Instant time = when.apply(tls);
            if (time == null) {
                return null;
            }
            StringBuilder out = new StringBuilder();
            pattern.write(time, out);
            return out.toString();
        });
    }

    private static Operator.Text text(
            Function<StreamInfo, @Nullable TlsFacts> side, Function<TlsFacts, @Nullable String> fact) {
        return in -> {
            TlsFacts tls = side.apply(in.info());
            String value = tls == null ? null : fact.apply(tls);
            return value == null || value.isEmpty() ? null : value;
        };
    }

    private static @Nullable String joined(List<String> names) {
        return names.isEmpty() ? null : String.join(",", names);
    }
}
