package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a request target and a host header into pseudo headers. Thread: any (pure). */
final class RequestTarget {
    private RequestTarget() {}

    /**
     * Sets {@code :path} (line 1), {@code :authority} and {@code :scheme} of {@code headers}, whose first line is {@code :method}.
     * Returns false when the target is no URL.
     */
    static boolean apply(HeaderMap headers, String target, boolean connect, @Nullable String host) {
        if (connect) {
            headers.insert(1, HeaderNames.AUTHORITY, target);
            return true;
        }
        char first = target.charAt(0);
        if (first == '/' || first == '*') {
            if (host != null) {
                headers.setValue(2, host);
            }
            return true;
        }
        return applyAbsolute(headers, target);
    }

    private static boolean applyAbsolute(HeaderMap headers, String target) {
        int schemeEnd = target.indexOf("://");
        if (schemeEnd < 0) {
            return false;
        }
        String scheme = target.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        int from = schemeEnd + 3;
        int to = from;
        while (to < target.length() && target.charAt(to) != '/' && target.charAt(to) != '?' && target.charAt(to) != '#') {
            to++;
        }
        if (to == from || !scheme.equals("http") && !scheme.equals("https")) {
            return false;
        }
        String rest = target.substring(to);
        String path = rest.isEmpty() ? "/" : rest.charAt(0) == '/' ? rest : "/" + rest;
        headers.setValue(1, path);
        // RFC 9112, 3.2.2: the target's authority counts, whatever the host header says.
        headers.setValue(2, target.substring(from, to));
        headers.add(HeaderNames.SCHEME, scheme);
        return true;
    }
}
