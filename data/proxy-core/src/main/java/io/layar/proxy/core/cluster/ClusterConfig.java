package io.layar.proxy.core.cluster;

import io.layar.proxy.core.stream.Metadata;
import org.jspecify.annotations.Nullable;

/** One cluster, compiled. Thread: any (immutable). */
public record ClusterConfig(
        String name,
        @Nullable String altStatName,
        ConnectSettings connect,
        HttpOptions http,
        Metadata metadata) {

    /** The name in stats and in {@code %UPSTREAM_CLUSTER%}. */
    public String observabilityName() {
        return altStatName != null ? altStatName : name;
    }
}
