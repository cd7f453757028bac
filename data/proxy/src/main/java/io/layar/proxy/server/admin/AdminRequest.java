package io.layar.proxy.server.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request. Shape: {@code query} decoded, a bare key has an empty value. */
public record AdminRequest(String method, String path, Map<String, String> query) {
    static AdminRequest of(String method, String target) {
        int mark = target.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new AdminRequest(method, mark < 0 ? target : target.substring(0, mark), query);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public boolean has(String key) {
        return query.containsKey(key);
    }

    public @Nullable String get(String key) {
        return query.get(key);
    }
}
