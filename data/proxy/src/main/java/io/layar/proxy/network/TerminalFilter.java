package io.layar.proxy.network;

import io.netty.buffer.ByteBuf;

/** The last filter of a chain: the HTTP connection manager, the TCP proxy, echo, direct response. */
public non-sealed interface TerminalFilter extends NetworkFilter {
    /** The connection is ready (after the TLS handshake, where there is one) and every gate let it pass. */
    void onNewConnection();

    /** Bytes as they come. Consumes {@code data}. */
    void onData(ByteBuf data);

    /** Everything that was readable now was given to {@link #onData}: a good moment to flush. */
    default void onReadComplete() {}

    /**
     * The peer will send no more (FIN or close_notify). Called only where {@link NetworkFilterFactory#halfClose()} is true; elsewhere the
     * connection closes at once.
     */
    default void onEndOfStream() {}

    /** The channel's write buffer went over its high, or under its low watermark. */
    default void onWritabilityChanged(boolean writable) {}

    /** The listener drains: end gracefully (HTTP: {@code connection: close}, GOAWAY). */
    default void onDrain() {}
}
