package io.layar.proxy.codec.http1;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a request target and a host header into pseudo headers. Thread: any (pure). */
final class RequestTarget {
    private static final String INVALID_URL = "http1.invalid_url";

    private RequestTarget() {}

    /**
     * Sets {@code :path} (line 1), {@code :authority} and {@code :scheme} of {@code headers}, whose first line is {@code :method}.
     * Returns null, or response code details when the target cannot be used.
     */
    static @Nullable String apply(HeaderMap headers, String target, String method, @Nullable String host) {
        if (method.equals("CONNECT")) {
            headers.insert(1, HeaderNames.AUTHORITY, target);
            return target.charAt(0) == '/' || target.charAt(0) == '*' ? INVALID_URL : null;
        }
        char first = target.charAt(0);
        if (first == '/' || target.equals("*") && method.equals("OPTIONS")) {
            if (host != null) {
                headers.setValue(2, host);
            }
            return null;
        }
        return first == '*' ? INVALID_URL : applyAbsolute(headers, target);
    }

    private static @Nullable String applyAbsolute(HeaderMap headers, String target) {
        int schemeEnd = target.indexOf("://");
        if (schemeEnd < 0) {
            return INVALID_URL;
        }
        int from = schemeEnd + 3;
        int to = from;
        while (to < target.length()
                && target.charAt(to) != '/'
                && target.charAt(to) != '?'
                && target.charAt(to) != '#') {
            to++;
        }
        // Who the client says it is has no place in the authority (RFC 9110, 4.2.4).
        from = Math.max(from, target.lastIndexOf('@', to - 1) + 1);
        if (to == from) {
            return INVALID_URL;
        }
        String scheme = target.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "http1.invalid_scheme";
        }
        String rest = target.substring(to);
        headers.setValue(1, rest.isEmpty() ? "/" : rest.charAt(0) == '/' ? rest : "/" + rest);
        // RFC 9112, 3.2.2: the target's authority counts, whatever the host header says.
        headers.setValue(2, target.substring(from, to));
        headers.add(HeaderNames.SCHEME, scheme);
        return null;
    }
}
