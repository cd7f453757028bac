package io.layar.config;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All resources by kind and key. Order: by namespace and name within a kind. Thread: any (immutable).
 *
 * <p>Law: {@code a.apply(a.deltaTo(b))} equals {@code b}.
 */
public final class ConfigSet {
    public static final ConfigSet EMPTY = new ConfigSet(ImmutableMap.of());

    private final ImmutableMap<Kind<?>, ImmutableSortedMap<ResourceKey, Resource<?>>> byKind;

    private ConfigSet(ImmutableMap<Kind<?>, ImmutableSortedMap<ResourceKey, Resource<?>>> byKind) {
        this.byKind = byKind;
    }

    /** A set of these; of several with the same key the last one counts. */
    public static ConfigSet copyOf(Iterable<? extends Resource<?>> resources) {
        var sorted = new TreeMap<ResourceKey, Resource<?>>();
        resources.forEach(resource -> sorted.put(resource.key(), resource));
        return EMPTY.apply(new ConfigDelta(ImmutableSortedMap.copyOf(sorted), ImmutableSortedSet.of()));
    }

    /** The objects of a kind, ordered by namespace and name. */
    @SuppressWarnings("unchecked") // a Kind has one record type, and kinds are equal by group and name
    public <S extends Record> ImmutableCollection<Resource<S>> of(Kind<S> kind) {
        return (ImmutableCollection<Resource<S>>)
                (ImmutableCollection<?>) kindMap(kind).values();
    }

    public <S extends Record> @Nullable Resource<S> get(Kind<S> kind, String namespace, String name) {
        var found = kindMap(kind).get(new ResourceKey(kind, namespace, name));
        return found == null ? null : found.as(kind);
    }

    public @Nullable Resource<?> get(ResourceKey key) {
        return kindMap(key.kind()).get(key);
    }

    /** Every object, ordered by key. */
    public ImmutableSortedMap<ResourceKey, Resource<?>> all() {
        var all = ImmutableSortedMap.<ResourceKey, Resource<?>>naturalOrder();
        byKind.values().forEach(all::putAll);
        return all.build();
    }

    public int size() {
        return byKind.values().stream().mapToInt(Map::size).sum();
    }

    /** Kinds that the delta does not touch keep their very instance of the map. */
    public ConfigSet apply(ConfigDelta delta) {
        if (delta.isEmpty()) {
            return this;
        }
        var changed = new LinkedHashMap<Kind<?>, TreeMap<ResourceKey, Resource<?>>>();
        delta.removed().forEach(key -> open(changed, key.kind()).remove(key));
        delta.updated().forEach((key, resource) -> open(changed, key.kind()).put(key, resource));
        var next = new LinkedHashMap<>(byKind);
        changed.forEach((kind, objects) -> {
            if (objects.isEmpty()) {
                next.remove(kind);
            } else {
                next.put(kind, ImmutableSortedMap.copyOf(objects));
            }
        });
        return new ConfigSet(ImmutableMap.copyOf(next));
    }

    /** What must be applied to this set to get {@code next}. */
    public ConfigDelta deltaTo(ConfigSet next) {
        var updated = ImmutableSortedMap.<ResourceKey, Resource<?>>naturalOrder();
        var removed = ImmutableSortedSet.<ResourceKey>naturalOrder();
        next.byKind.forEach((kind, objects) -> {
            var before = kindMap(kind);
            objects.forEach((key, resource) -> {
                if (!resource.equals(before.get(key))) {
                    updated.put(key, resource);
                }
            });
        });
        byKind.forEach((kind, objects) -> {
            var after = next.kindMap(kind);
            objects.keySet().stream().filter(key -> !after.containsKey(key)).forEach(removed::add);
        });
        return new ConfigDelta(updated.buildOrThrow(), removed.build());
    }

    private TreeMap<ResourceKey, Resource<?>> open(
            Map<Kind<?>, TreeMap<ResourceKey, Resource<?>>> changed, Kind<?> kind) {
        return changed.computeIfAbsent(kind, k -> new TreeMap<>(kindMap(k)));
    }

    private ImmutableSortedMap<ResourceKey, Resource<?>> kindMap(Kind<?> kind) {
        return byKind.getOrDefault(kind, ImmutableSortedMap.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigSet that && byKind.equals(that.byKind);
    }

    @Override
    public int hashCode() {
        return byKind.hashCode();
    }

    @Override
    public String toString() {
        return byKind.values().stream()
                .flatMap(map -> map.keySet().stream())
                .toList()
                .toString();
    }
}
