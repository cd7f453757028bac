package io.layar.proxy.upstream;

import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpPool} answers. Thread: event loop of the worker. */
public interface PoolCallbacks {
    /** The stream is open: send the request. */
    void onReady(RequestSender sender, Host host, UpstreamConnection connection);

    /**
     * {@code transportFailure} is the text of {@code %UPSTREAM_TRANSPORT_FAILURE_REASON%}, may be empty; {@code host} is null where a circuit
     * breaker was open before any connection was tried.
     */
    void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host);
}
