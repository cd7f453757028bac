package io.layar.proxy.codec.http2;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/** What makes a message malformed. Source: RFC 9113, sections 8.1 to 8.5. */
final class HeaderRules {
    private HeaderRules() {}

    /** Headers that belong to one HTTP/1 connection and must not be written in HTTP/2. */
    static boolean isConnectionSpecific(String name, String value) {
        return switch (name) {
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "host" -> true;
            case "te" -> !value.equals("trailers");
            default -> false;
        };
    }

    /** Null when a line may stand in a message, else what is wrong with it. */
    static @Nullable String lineFault(String name, String value) {
        int length = name.length();
        if (length == 0) {
            return "empty header name";
        }
        for (int i = name.charAt(0) == ':' ? 1 : 0; i < length; i++) {
            if (!isToken(name.charAt(i))) {
                return "invalid header name";
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return "invalid header value";
            }
        }
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                "connection-specific header";
            case "te" -> value.equals("trailers") ? null : "te other than trailers";
            default -> null;
        };
    }

    /** Token characters without upper case letters. */
    private static boolean isToken(char c) {
        return c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '!'
                || c >= '#' && c <= '\''
                || c == '*'
                || c == '+'
                || c == '.'
                || c == '^'
                || c == '`'
                || c == '|'
                || c == '~';
    }

    /** Null for whole request headers, else what is wrong with them. */
    static @Nullable String requestFault(HeaderMap headers) {
        String method = headers.get(HeaderNames.METHOD);
        if (method == null || method.isEmpty()) {
            return "no :method";
        }
        String path = headers.get(HeaderNames.PATH);
        boolean connect = method.equals("CONNECT");
        if (connect && !headers.contains(HeaderNames.PROTOCOL)) {
            boolean only = path == null && !headers.contains(HeaderNames.SCHEME);
            return only && headers.contains(HeaderNames.AUTHORITY)
                    ? null
                    : "CONNECT with :path or :scheme, or without :authority";
        }
        if (path == null || path.isEmpty()) {
            return "no :path";
        }
        if (!headers.contains(HeaderNames.SCHEME)) {
            return "no :scheme";
        }
        return headers.contains(HeaderNames.PROTOCOL) && !connect ? ":protocol without CONNECT" : null;
    }

    static boolean isRequestPseudo(String name) {
        return switch (name) {
            case ":method", ":path", ":authority", ":scheme", ":protocol" -> true;
            default -> false;
        };
    }

    /** Length that {@code content-length} promises, -1 without one, -2 for one that is no number. */
    static long contentLength(HeaderMap headers) {
        String text = headers.get(HeaderNames.CONTENT_LENGTH);
        if (text == null) {
            return -1;
        }
        if (text.isEmpty() || text.length() > 18) {
            return -2;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -2;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
