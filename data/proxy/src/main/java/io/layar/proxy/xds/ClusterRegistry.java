package io.layar.proxy.xds;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;

/** Where dynamic clusters go. Thread: main loop. */
public interface ClusterRegistry {
    /**
     * Adds a cluster or changes the one of its name; it is used when it is warm. Nothing happens if it is the same as before.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected}; the old one stays.
     */
    void addOrUpdate(Cluster cluster, String version);

    /** Takes a dynamic cluster away. */
    void remove(String name);

    /** Runs a task once no cluster of the start is warming any more. */
    void whenWarm(Runnable task);
}
