package io.layar.proxy.core.stream;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filter metadata: a tree of plain values for each namespace.
 *
 * <p>Shape: a value is a {@code Map<String, Object>}, {@code List<Object>}, String, Double, Boolean, or {@link #NULL}.
 * Thread: event loop of its stream; compiled metadata is never changed after it was made, hence any thread.
 */
public final class Metadata {
    /** The JSON null. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** No namespace at all. Not to be written to. */
    public static final Metadata EMPTY = new Metadata(Map.of());

    private final Map<String, Map<String, Object>> byNamespace;

    private Metadata(Map<String, Map<String, Object>> byNamespace) {
        this.byNamespace = byNamespace;
    }

    /** Metadata to be filled during a request. */
    public static Metadata writable() {
        return new Metadata(new LinkedHashMap<>(4));
    }

    public static Metadata of(io.envoyproxy.envoy.config.core.v3.Metadata proto) {
        if (proto.getFilterMetadataCount() == 0) {
            return EMPTY;
        }
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        proto.getFilterMetadataMap().forEach((namespace, struct) -> all.put(namespace, plain(struct)));
        return new Metadata(all);
    }

    public boolean isEmpty() {
        return byNamespace.isEmpty();
    }

    /** The tree of a namespace, or null. */
    public @Nullable Map<String, Object> namespace(String name) {
        return byNamespace.get(name);
    }

    /** The value at a path of keys below a namespace, or null. */
    public @Nullable Object get(String namespace, List<String> path) {
        Object at = byNamespace.get(namespace);
        for (int i = 0; at != null && i < path.size(); i++) {
            at = at instanceof Map<?, ?> map ? map.get(path.get(i)) : null;
        }
        return at;
    }

    /** Stores one value of a namespace. */
    public void put(String namespace, String key, Object value) {
        byNamespace.computeIfAbsent(namespace, _ -> new LinkedHashMap<>()).put(key, value);
    }

    /** Merges a tree into a namespace: its keys replace those that were there. */
    public void merge(String namespace, Map<String, Object> values) {
        byNamespace.computeIfAbsent(namespace, _ -> new LinkedHashMap<>()).putAll(values);
    }

    public static Map<String, Object> plain(Struct struct) {
        Map<String, Object> map = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((key, value) -> map.put(key, plain(value)));
        return map;
    }

    public static Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> plain(value.getStructValue());
            case LIST_VALUE -> plain(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> NULL;
        };
    }

    private static List<Object> plain(ListValue list) {
        List<Object> values = new ArrayList<>(list.getValuesCount());
        for (Value value : list.getValuesList()) {
            values.add(plain(value));
        }
        return values;
    }
}
