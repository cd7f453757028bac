package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Assignment;

/** Where a cluster's endpoints come from while it runs. Thread: main loop. */
interface EndpointSource {
    /** Begins; {@code sink} gets every assignment, the first one perhaps within this call. */
    void start(Sink sink);

    void close();

    /** What a source tells. */
    interface Sink {
        /** All endpoints have addresses. */
        void assign(Assignment assignment);

        /** There is nothing to be had for now: the start shall wait no longer. */
        void failed();
    }
}
