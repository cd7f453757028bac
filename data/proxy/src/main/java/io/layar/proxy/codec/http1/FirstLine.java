package io.layar.proxy.codec.http1;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of request and status lines. Source: what Envoy's parser accepts. Thread: any (pure). */
final class FirstLine {
    private static final Set<String> METHODS = Set.of(
            "ACL",
            "BIND",
            "CHECKOUT",
            "CONNECT",
            "COPY",
            "DELETE",
            "GET",
            "HEAD",
            "LINK",
            "LOCK",
            "MERGE",
            "MKACTIVITY",
            "MKCALENDAR",
            "MKCOL",
            "MOVE",
            "MSEARCH",
            "NOTIFY",
            "OPTIONS",
            "PATCH",
            "POST",
            "PROPFIND",
            "PROPPATCH",
            "PURGE",
            "PUT",
            "REBIND",
            "REPORT",
            "SEARCH",
            "SOURCE",
            "SUBSCRIBE",
            "TRACE",
            "UNBIND",
            "UNLINK",
            "UNLOCK",
            "UNSUBSCRIBE");

    private FirstLine() {}

    /** The method that the bytes spell, or null when Envoy knows no such method. */
    static @Nullable String method(byte[] a, int from, int to) {
        if (Bytes.equal("GET", a, from, to)) {
            return "GET";
        }
        if (Bytes.equal("POST", a, from, to)) {
            return "POST";
        }
        String text = Bytes.text(a, from, to);
        return METHODS.contains(text) ? text : null;
    }

    /** Whether the request target may be forwarded. {@code connect}: of a CONNECT request. */
    static boolean validTarget(byte[] a, int from, int to, boolean connect) {
        if (from == to) {
            return false;
        }
        int at = from;
        if (a[at] == '/' || a[at] == '*') {
            return pathOctets(a, at + 1, to);
        }
        if (!connect) {
            while (at < to && isAlpha(a[at])) {
                at++;
            }
            if (at == from || to - at < 3 || a[at] != ':' || a[at + 1] != '/' || a[at + 2] != '/') {
                return false;
            }
            at += 3;
        }
        while (at < to && a[at] != '/' && a[at] != '?') {
            if (!hostOctet(a[at]) || a[at] == '@' && at + 1 < to && a[at + 1] == '@') {
                return false;
            }
            at++;
        }
        return pathOctets(a, at, to);
    }

    /** {@code HTTP/}, a digit, a dot, a digit. */
    static boolean validVersion(byte[] a, int from, int to) {
        return to - from == 8
                && Bytes.equal("HTTP/", a, from, from + 5)
                && isDigit(a[from + 5])
                && a[from + 6] == '.'
                && isDigit(a[from + 7]);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Whether the line has no control characters but tabs and its end. */
    static boolean cleanOctets(byte[] a, int to) {
        for (int i = 0; i < to; i++) {
            if (!Bytes.VALUE[a[i] & 255] && a[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static boolean pathOctets(byte[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = a[i];
            if (c < '!' && c != '\t' && c != '\f' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlpha(byte c) {
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    }

    private static boolean hostOctet(byte c) {
        return isAlpha(c) || c >= '0' && c <= '9' || "!$%&'()*+,-.:;=@[]_~".indexOf(c) >= 0;
    }

    /** Whether a host header's value has octets of an authority only. */
    static boolean validAuthority(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == ':')
                    && (c > 127 || !hostOctet((byte) c))) {
                return false;
            }
        }
        return true;
    }
}
