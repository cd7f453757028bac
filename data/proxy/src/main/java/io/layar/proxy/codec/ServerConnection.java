package io.layar.proxy.codec;

import io.netty.buffer.ByteBuf;

/**
 * The server codec of one downstream connection. It is fed with bytes and writes to the channel that it was made for.
 * Thread: event loop of the connection.
 */
public interface ServerConnection {
    /** Parses bytes as they come. Consumes {@code data}. */
    void onBytes(ByteBuf data);

    /** All bytes that were readable now have been given to {@link #onBytes}: a good moment to flush what was written. */
    void onReadComplete();

    /** The channel's own writability changed: streams learn of it by {@link MessageReceiver#onWritabilityChanged}. */
    void onChannelWritabilityChanged(boolean writable);

    /** The peer closed its half, or the whole connection: open streams are reset with {@link ResetReason#CONNECTION_TERMINATION}. */
    void onClosed(String details);

    /** Gives up on a request whose head is not complete: its receiver is told by {@link RequestReceiver#onBadRequest}. */
    void refuseRequest(int status, String details);

    /** Announces the end of the connection: HTTP/2 GOAWAY without an end, HTTP/1 {@code connection: close} on the next answer. */
    void shutdownNotice();

    /** Takes no new streams from now on (HTTP/2 GOAWAY with the last stream). */
    void goAway();

    /**
     * Whether the request at hand asked for the connection to end after its answer ({@code connection: close}, or HTTP/1.0 without
     * keep-alive). Never in HTTP/2.
     */
    boolean peerWantsClose();

    /** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}, as access logs write it. */
    String protocol();
}
