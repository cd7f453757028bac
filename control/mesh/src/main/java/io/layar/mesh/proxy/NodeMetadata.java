package io.layar.mesh.proxy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a node, as a tree of plain values.
 *
 * <p>Shape: values are {@code String}, {@code Double}, {@code Boolean}, immutable lists and maps. Booleans may be text.
 */
public record NodeMetadata(ImmutableSortedMap<String, Object> fields) {
    public static final NodeMetadata EMPTY = new NodeMetadata(ImmutableSortedMap.of());

    public static NodeMetadata of(Map<String, ?> fields) {
        return new NodeMetadata(ImmutableSortedMap.copyOf(fields));
    }

    /** The text of a field; empty when absent. Numbers and booleans are written out. */
    public String text(String key) {
        Object value = fields.get(key);
        if (value instanceof Double d && d == Math.rint(d)) {
            return Long.toString(d.longValue());
        }
        return value == null ? "" : value.toString();
    }

    /** Is the field {@code true}, {@code "true"} or {@code "1"}? */
    public boolean isTrue(String key) {
        return isTrue(key, false);
    }

    public boolean isTrue(String key, boolean whenAbsent) {
        Object value = fields.get(key);
        if (value == null) {
            return whenAbsent;
        }
        String text = value.toString().toLowerCase(Locale.ROOT);
        return text.equals("true") || text.equals("1") || text.equals("t");
    }

    /** An inner object; null when absent or of another type. */
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, Object> object(String key) {
        return fields.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }

    /** A map of texts, such as LABELS. */
    public ImmutableSortedMap<String, String> texts(String key) {
        Map<String, Object> map = object(key);
        if (map == null) {
            return ImmutableSortedMap.of();
        }
        var out = ImmutableSortedMap.<String, String>naturalOrder();
        map.forEach((k, v) -> out.put(k, v.toString()));
        return out.build();
    }

    /** A list of texts: a JSON list or words joined by commas. */
    public ImmutableList<String> list(String key) {
        Object value = fields.get(key);
        if (value instanceof Iterable<?> items) {
            var out = ImmutableList.<String>builder();
            items.forEach(i -> out.add(String.valueOf(i)));
            return out.build();
        }
        String text = text(key);
        return text.isEmpty() ? ImmutableList.of() : ImmutableList.copyOf(text.split(",", -1));
    }
}
