package io.layar.proxy.transport;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failed handshakes in the words of BoringSSL as Envoy logs them. Thread: any. */
final class TlsErrors {
    private static final String VERIFY_FAILED = "268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED";
    private static final String WRONG_VERSION = "268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER";
    private static final Pattern NATIVE = Pattern.compile("error:([0-9a-fA-F]{8}):([^:]*):([^:]*):([A-Za-z0-9_]+)");

    private TlsErrors() {}

    /** The transport failure reason; empty where the peer just went away. */
    static String text(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerVerifier.Refused refused) {
                return wrap(VERIFY_FAILED + ":verify cert failed: " + refused.getMessage());
            }
            if (cause instanceof NotSslRecordException) {
                return wrap(WRONG_VERSION);
            }
            Matcher matcher = NATIVE.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return wrap(
                        Long.parseLong(matcher.group(1), 16) + ":SSL routines:OPENSSL_internal:" + matcher.group(4));
            }
            if (cause instanceof java.nio.channels.ClosedChannelException) {
                return "";
            }
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains("closed") ? "" : wrap("0:" + message);
    }

    private static String wrap(String text) {
        return "TLS_error:|" + text + ":TLS_error_end";
    }

    /** True where the other side sent no certificate though one is required. */
    static boolean noCertificate(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("PEER_DID_NOT_RETURN_A_CERTIFICATE");
    }
}
