package io.layar.proxy.upstream;

import io.layar.proxy.worker.Worker;

/** Where filters find clusters at run time. Implemented by the cluster manager. Thread: any. */
public interface Clusters {
    /** The clusters as {@code worker} sees them: hold it per worker, ask it on the worker's loop. */
    WorkerClusters worker(Worker worker);
}
