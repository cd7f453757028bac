package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/** A consistent hash of the hosts of one priority. Thread: any (immutable). */
interface HashTable {
    /** The host for {@code hash}; {@code attempt} above 0 gives another one where there are others. Null when there is no host. */
    @Nullable
    Host choose(long hash, int attempt);

    /** A host and its share of all weight. Shape: shares add up to 1. */
    record Weighted(Host host, double share) {
        /** What stands for the host: its {@code hash_key} metadata, its name, or its address. */
        String key(boolean useHostname) {
            return host.metadata().get("envoy.lb", java.util.List.of("hash_key")) instanceof String key
                    ? key
                    : useHostname ? host.hostname() : host.address().text();
        }
    }
}
