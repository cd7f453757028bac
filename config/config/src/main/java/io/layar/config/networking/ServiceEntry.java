package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Records;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** A service added to the mesh by hand: hosts, addresses, ports, and where its endpoints come from. */
public record ServiceEntry(
        @Required @Limits(minSize = 1, maxSize = 256) ImmutableList<String> hosts,
        @Limits(maxSize = 256) @Elements(maxSize = 64) ImmutableList<String> addresses,
        @Limits(maxSize = 256) ImmutableList<ServicePort> ports,
        Location location,
        Resolution resolution,
        @Limits(maxSize = 4096) ImmutableList<WorkloadEntry> endpoints,
        @Nullable WorkloadSelector workloadSelector,
        ImmutableList<String> exportTo,
        ImmutableList<String> subjectAltNames) {
    public ServiceEntry withHosts(ImmutableList<String> hosts) {
        return Records.with(this, "hosts", hosts);
    }

    public ServiceEntry withAddresses(ImmutableList<String> addresses) {
        return Records.with(this, "addresses", addresses);
    }

    public ServiceEntry withPorts(ImmutableList<ServicePort> ports) {
        return Records.with(this, "ports", ports);
    }

    public ServiceEntry withLocation(Location location) {
        return Records.with(this, "location", location);
    }

    public ServiceEntry withResolution(Resolution resolution) {
        return Records.with(this, "resolution", resolution);
    }

    public ServiceEntry withEndpoints(ImmutableList<WorkloadEntry> endpoints) {
        return Records.with(this, "endpoints", endpoints);
    }

    public ServiceEntry withWorkloadSelector(@Nullable WorkloadSelector workloadSelector) {
        return Records.with(this, "workloadSelector", workloadSelector);
    }

    public ServiceEntry withExportTo(ImmutableList<String> exportTo) {
        return Records.with(this, "exportTo", exportTo);
    }

    public ServiceEntry withSubjectAltNames(ImmutableList<String> subjectAltNames) {
        return Records.with(this, "subjectAltNames", subjectAltNames);
    }

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
