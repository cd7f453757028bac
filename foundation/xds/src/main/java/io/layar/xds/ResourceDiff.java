package io.layar.xds;

import com.google.common.collect.ImmutableList;

/** What has to be told to a client that has one set and should have another. Thread: any (immutable). */
public record ResourceDiff(ImmutableList<XdsResource> changed, ImmutableList<String> removed) {
    public static final ResourceDiff NONE = new ResourceDiff(ImmutableList.of(), ImmutableList.of());

    /** Order: changed as in {@code next}, removed as in {@code previous}. */
    public static ResourceDiff between(ResourceSet previous, ResourceSet next) {
        if (previous == next) {
            return NONE;
        }
        ImmutableList.Builder<XdsResource> changed = ImmutableList.builder();
        for (XdsResource resource : next.byName().values()) {
            XdsResource before = previous.get(resource.name());
            if (before == null || !before.equals(resource)) {
                changed.add(resource);
            }
        }
        ImmutableList.Builder<String> removed = ImmutableList.builder();
        for (String name : previous.byName().keySet()) {
            if (next.get(name) == null) {
                removed.add(name);
            }
        }
        ResourceDiff diff = new ResourceDiff(changed.build(), removed.build());
        return diff.isEmpty() ? NONE : diff;
    }

    public boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }
}
