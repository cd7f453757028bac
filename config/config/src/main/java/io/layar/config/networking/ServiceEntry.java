package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A service added to the mesh by hand: hosts, addresses, ports, and where its endpoints come from. */
public record ServiceEntry(
        ImmutableList<String> hosts,
        ImmutableList<String> addresses,
        ImmutableList<ServicePort> ports,
        Location location,
        Resolution resolution,
        ImmutableList<WorkloadEntry> endpoints,
        @Nullable WorkloadSelector workloadSelector,
        ImmutableList<String> exportTo,
        ImmutableList<String> subjectAltNames) {
    /** The values of {@code Location} in {@link ServiceEntry}. */
    public enum Location {
        MESH_EXTERNAL,
        MESH_INTERNAL
    }

    /** The values of {@code Resolution} in {@link ServiceEntry}. */
    public enum Resolution {
        NONE,
        STATIC,
        DNS,
        DNS_ROUND_ROBIN,
        DYNAMIC_DNS
    }
}
