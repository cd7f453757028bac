package io.layar.discovery.push;

import com.google.common.collect.ImmutableSet;

/**
 * What differs between two states of the mesh.
 *
 * <p>Shape: if {@code everything} is false, only endpoints of the services with {@code endpointHosts} differ.
 */
public record Change(boolean everything, ImmutableSet<String> endpointHosts) {
    public static final Change EVERYTHING = new Change(true, ImmutableSet.of());
    public static final Change NOTHING = new Change(false, ImmutableSet.of());

    public static Change endpointsOf(ImmutableSet<String> hosts) {
        return new Change(false, hosts);
    }

    public boolean isNothing() {
        return !everything && endpointHosts.isEmpty();
    }
}
