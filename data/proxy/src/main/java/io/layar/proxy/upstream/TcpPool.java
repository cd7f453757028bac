package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/** New raw connections to one host, under the cluster's circuit breakers. Thread: event loop of the worker. */
public interface TcpPool {
    /**
     * Connects. Exactly one callback is called, within this call or later, unless cancelled first.
     *
     * @return null when a callback was called already
     */
    @Nullable
    PendingStream newConnection(Callbacks callbacks);

    /** What the pool answers. */
    interface Callbacks {
        /** Connected (and shaken hands): set a listener on the connection within this call. */
        void onReady(TcpConnection connection, Host host);

        /** {@code host} is null where a circuit breaker was open before any connection was tried. */
        void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host);
    }
}
