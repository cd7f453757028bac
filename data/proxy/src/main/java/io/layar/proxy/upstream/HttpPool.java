package io.layar.proxy.upstream;

import io.layar.proxy.codec.ResponseReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one worker to one host that carry HTTP streams.
 *
 * <p>The pool counts {@code upstream_cx_*}, {@code upstream_rq_total}, {@code upstream_rq_active}, {@code upstream_rq_pending_*},
 * {@code upstream_rq_rx_reset}, {@code upstream_rq_tx_reset}, {@code upstream_rq_max_…} and the host's {@code cx_*}, {@code rq_active}, {@code rq_total};
 * whoever uses it counts what answers say ({@code upstream_rq_2xx}, retries, timeouts, {@code rq_success}, {@code rq_error}).
 * Thread: event loop of the worker.
 */
public interface HttpPool {
    /**
     * Opens a stream. Exactly one of {@code callbacks}' methods is called, within this call or later, unless the returned handle is cancelled first.
     *
     * @return null when a callback was called already
     */
    @Nullable
    PendingStream newStream(ResponseReceiver receiver, PoolCallbacks callbacks);

    /** Protocol of the streams, when it is known: {@code HTTP/1.1}, {@code HTTP/2}; null while ALPN has still to decide. */
    @Nullable
    String protocol();
}
