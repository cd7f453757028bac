package io.layar.proxy.core.stream;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named objects that filters leave for one another; a stream's state falls back to its connection's.
 *
 * <p>Thread: event loop of the connection. An object's text is its {@code toString}.
 */
public final class FilterState {
    private final @Nullable FilterState parent;
    private final Map<String, Object> objects = new HashMap<>(4);

    public FilterState(@Nullable FilterState parent) {
        this.parent = parent;
    }

    public @Nullable Object get(String key) {
        Object own = objects.get(key);
        return own != null || parent == null ? own : parent.get(key);
    }

    public void put(String key, Object value) {
        objects.put(key, value);
    }
}
