package io.layar.proxy.upstream;

import org.jspecify.annotations.Nullable;

/** The clusters as one worker sees them. Thread: the worker's event loop. */
public interface WorkerClusters {
    /** The active cluster of that name, or null: it does not exist, or is warming. Ask anew for each request. */
    @Nullable
    WorkerCluster cluster(String name);
}
