package io.layar.proxy.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Field masks on JSON trees. Shape: paths {@code a.b} separated by commas; a list is masked element by element. */
final class DumpMask {
    private DumpMask() {}

    /** The configurations of which something is left. */
    static List<@Nullable Object> apply(List<@Nullable Object> configs, String mask) {
        List<@Nullable Object> masked = new ArrayList<>();
        for (Object config : configs) {
            Map<String, @Nullable Object> left = new LinkedHashMap<>();
            for (String path : mask.split(",")) {
                copy(config, left, path.strip());
            }
            if (!left.isEmpty() && config instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> typed = new LinkedHashMap<>();
                typed.put("@type", map.get("@type"));
                typed.putAll(left);
                masked.add(typed);
            }
        }
        return masked;
    }

    private static void copy(@Nullable Object from, Map<String, @Nullable Object> to, String path) {
        if (!(from instanceof Map<?, ?> map)) {
            return;
        }
        int dot = path.indexOf('.');
        String field = dot < 0 ? path : path.substring(0, dot);
        Object value = map.get(field);
        if (value == null) {
            return;
        }
        if (dot < 0) {
            to.put(field, value);
            return;
        }
        String rest = path.substring(dot + 1);
        if (value instanceof List<?> list) {
            to.put(field, list.stream().<Object>map(item -> nested(item, rest)).toList());
        } else {
            Map<String, @Nullable Object> inner = nested(value, rest);
            if (to.get(field) instanceof Map<?, ?> known) {
                known.forEach((key, existing) -> inner.putIfAbsent(String.valueOf(key), existing));
            }
            to.put(field, inner);
        }
    }

    private static Map<String, @Nullable Object> nested(@Nullable Object value, String path) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map && map.get("@type") != null) {
            inner.put("@type", map.get("@type"));
        }
        copy(value, inner, path);
        return inner;
    }
}
