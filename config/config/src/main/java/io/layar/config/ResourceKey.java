package io.layar.config;

import java.util.Comparator;

/** What names an object: kind, namespace (empty for the whole cluster), name. Order: kind, namespace, name. */
public record ResourceKey(Kind<?> kind, String namespace, String name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER = Comparator.comparing((ResourceKey key) -> key.kind.group())
            .thenComparing(key -> key.kind.name())
            .thenComparing(ResourceKey::namespace)
            .thenComparing(ResourceKey::name);

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code Kind namespace/name}, or {@code Kind name} without a namespace. */
    @Override
    public String toString() {
        return kind.name() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
