package io.layar.proxy.server.admin;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the resources of a dump whose name fits. */
final class DumpNames {
    private DumpNames() {}

    static List<@Nullable Object> only(List<@Nullable Object> configs, Pattern pattern) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object config : configs) {
            if (!(config instanceof Map<?, ?> section)) {
                continue;
            }
            Map<String, @Nullable Object> left = new LinkedHashMap<>();
            boolean any = false;
            for (Map.Entry<?, ?> entry : section.entrySet()) {
                String key = String.valueOf(entry.getKey());
                if (entry.getValue() instanceof List<?> items) {
                    List<?> fitting = items.stream()
                            .filter(item -> pattern.matches(name(item)))
                            .toList();
                    if (!fitting.isEmpty()) {
                        left.put(key, fitting);
                        any = true;
                    }
                } else {
                    left.put(key, entry.getValue());
                }
            }
            if (any || pattern.matches(name(section))) {
                kept.add(left);
            }
        }
        return kept;
    }

    /** The element's own name, else that of the resource in it. */
    private static String name(@Nullable Object element) {
        if (!(element instanceof Map<?, ?> map)) {
            return "";
        }
        for (String key : List.of("name", "cluster_name")) {
            if (map.get(key) instanceof String name) {
                return name;
            }
        }
        for (Object value : map.values()) {
            String inner = value instanceof Map<?, ?> ? name(value) : "";
            if (!inner.isEmpty()) {
                return inner;
            }
        }
        return "";
    }
}
