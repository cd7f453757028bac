package io.layar.proxy.core.route;

import io.layar.proxy.core.http.HeaderMap;
import org.jspecify.annotations.Nullable;

/** Cookies of a request. */
public final class Cookies {
    private static final String COOKIE = "cookie";

    private Cookies() {}

    /** The value of the first cookie of that name, without quotes; null when there is none. */
    public static @Nullable String find(HeaderMap headers, String name) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(COOKIE)) {
                String value = in(headers.value(i), name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private static @Nullable String in(String header, String name) {
        int from = 0;
        while (from < header.length()) {
            int semicolon = header.indexOf(';', from);
            int to = semicolon < 0 ? header.length() : semicolon;
            String pair = header.substring(from, to).strip();
            int equals = pair.indexOf('=');
            if (equals == name.length() && pair.startsWith(name)) {
                String value = pair.substring(equals + 1);
                boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
            from = to + 1;
        }
        return null;
    }
}
