package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.Resource;
import io.layar.config.networking.DestinationRule;

/**
 * Destination rules for one host, merged into the oldest.
 *
 * <p>Shape: {@code exportTo} as written, empty when nothing was said; {@code origins} are all that took part.
 */
public record MergedDestinationRule(
        Resource<DestinationRule> resource, ImmutableSortedSet<String> exportTo, ImmutableList<String> origins) {
    public DestinationRule spec() {
        return resource.spec();
    }

    public boolean hasSelector() {
        return spec().workloadSelector() != null;
    }

    boolean isExportedTo(String namespace) {
        return exportTo.isEmpty() || exportTo.contains("*") || exportTo.contains(namespace);
    }
}
