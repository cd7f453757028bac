package io.layar.config;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changed between two sets of resources. Shape: {@code updated} holds added and changed objects whole; a key is in at
 * most one of the two. Order: by key. Thread: any (immutable).
 */
public record ConfigDelta(
        ImmutableSortedMap<ResourceKey, Resource<?>> updated, ImmutableSortedSet<ResourceKey> removed) {
    public static final ConfigDelta NONE = new ConfigDelta(ImmutableSortedMap.of(), ImmutableSortedSet.of());

    public boolean isEmpty() {
        return updated.isEmpty() && removed.isEmpty();
    }

    /** Whether any object of a kind was added, changed or removed. */
    public boolean touches(Kind<?> kind) {
        return updated.keySet().stream().anyMatch(key -> key.kind().equals(kind))
                || removed.stream().anyMatch(key -> key.kind().equals(kind));
    }

    /** This delta followed by a later one, as one. */
    public ConfigDelta then(ConfigDelta later) {
        if (isEmpty()) {
            return later;
        }
        var put = new TreeMap<ResourceKey, Resource<?>>(updated);
        var gone = new TreeSet<>(removed);
        later.removed.forEach(key -> {
            put.remove(key);
            gone.add(key);
        });
        later.updated.forEach((key, resource) -> {
            gone.remove(key);
            put.put(key, resource);
        });
        return new ConfigDelta(ImmutableSortedMap.copyOf(put), ImmutableSortedSet.copyOf(gone));
    }
}
