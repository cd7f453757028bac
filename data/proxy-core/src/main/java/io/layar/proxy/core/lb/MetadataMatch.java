package io.layar.proxy.core.lb;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Subset criteria: values that a host's {@code envoy.lb} metadata must have.
 *
 * <p>Shape: values as {@link io.layar.proxy.core.stream.Metadata} holds them. Order: by name. Thread: any (immutable).
 */
public final class MetadataMatch {
    private final TreeMap<String, Object> criteria;

    private MetadataMatch(TreeMap<String, Object> criteria) {
        this.criteria = criteria;
    }

    public static MetadataMatch of(Map<String, Object> criteria) {
        return new MetadataMatch(new TreeMap<>(criteria));
    }

    /** These criteria, and {@code more}, whose values win. */
    public MetadataMatch mergedWith(Map<String, Object> more) {
        TreeMap<String, Object> all = new TreeMap<>(criteria);
        all.putAll(more);
        return new MetadataMatch(all);
    }

    /** Names and values by name; not to be written to. */
    public Map<String, Object> criteria() {
        return criteria;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetadataMatch that && criteria.equals(that.criteria);
    }

    @Override
    public int hashCode() {
        return criteria.hashCode();
    }

    @Override
    public String toString() {
        return criteria.toString();
    }
}
