package io.layar.xds;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Any;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one kind that one client should have.
 *
 * <p>Order: as given; it is the order on the wire. Thread: any (immutable). Like clients should share one instance:
 * sessions compare by identity first.
 */
public final class ResourceSet {
    public static final ResourceSet EMPTY = new ResourceSet(ImmutableMap.of());

    private final ImmutableMap<String, XdsResource> byName;
    private volatile @Nullable List<Any> bodies;

    private ResourceSet(ImmutableMap<String, XdsResource> byName) {
        this.byName = byName;
    }

    /** Of two resources with the same name the later wins. */
    public static ResourceSet of(Collection<XdsResource> resources) {
        if (resources.isEmpty()) {
            return EMPTY;
        }
        Map<String, XdsResource> map = LinkedHashMap.newLinkedHashMap(resources.size());
        resources.forEach(resource -> map.put(resource.name(), resource));
        return new ResourceSet(ImmutableMap.copyOf(map));
    }

    public ImmutableMap<String, XdsResource> byName() {
        return byName;
    }

    public @Nullable XdsResource get(String name) {
        return byName.get(name);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public int size() {
        return byName.size();
    }

    /** The packed resources in order, made once. */
    public List<Any> bodies() {
        List<Any> made = bodies;
        if (made == null) {
            made = byName.values().stream().map(XdsResource::body).toList();
            bodies = made;
        }
        return made;
    }

    /** This set with {@code changed} put in (in place where the name is known) and {@code removed} taken out. */
    public ResourceSet with(Collection<XdsResource> changed, Collection<String> removed) {
        if (changed.isEmpty() && removed.isEmpty()) {
            return this;
        }
        Map<String, XdsResource> map = new LinkedHashMap<>(byName);
        changed.forEach(resource -> map.put(resource.name(), resource));
        removed.forEach(map::remove);
        return new ResourceSet(ImmutableMap.copyOf(map));
    }

    /** Only the resources with these names; this very instance if that is all of them. */
    public ResourceSet only(ImmutableSet<String> names) {
        if (names.size() >= byName.size() && names.containsAll(byName.keySet())) {
            return this;
        }
        List<XdsResource> kept = new ArrayList<>();
        names.forEach(name -> {
            XdsResource resource = byName.get(name);
            if (resource != null) {
                kept.add(resource);
            }
        });
        return of(kept);
    }

    /** Bytes of all contents. */
    public long bytes() {
        return byName.values().stream()
                .mapToLong(resource -> resource.body().getValue().size())
                .sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ResourceSet that && byName.equals(that.byName));
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.values().toString();
    }
}
