package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import java.util.Locale;

/**
 * Removes the headers that a request's connection header names as hop-by-hop. Thread: any (pure).
 * Source: RFC 9110, 7.6.1, and Envoy's limits to it.
 */
final class NominatedHeaders {
    private static final int MAX_TOKENS = 10;
    private static final int MAX_TE = 256;

    private NominatedHeaders() {}

    /** False when the request shall be refused: it names too many, or headers that tell where it comes from. */
    static boolean remove(HeaderMap headers, String connection) {
        String[] tokens = connection.split(",", -1);
        if (tokens.length >= MAX_TOKENS) {
            return false;
        }
        for (String token : tokens) {
            String name = token.strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "", "close", "keep-alive", "upgrade", "http2-settings", "connection" -> {}
                case HeaderNames.X_FORWARDED_FOR, HeaderNames.X_FORWARDED_HOST, HeaderNames.X_FORWARDED_PROTO -> {
                    return false;
                }
                case HeaderNames.TE -> {
                    String te = headers.get(HeaderNames.TE);
                    if (te != null && te.length() >= MAX_TE) {
                        return false;
                    }
                }
                default -> {
                    if (name.charAt(0) == ':') {
                        return false;
                    }
                    headers.remove(name);
                }
            }
        }
        return true;
    }
}
