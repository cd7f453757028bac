package io.layar.proxy.codec;

import io.netty.buffer.ByteBuf;

/** The client codec of one upstream connection; the mirror image of {@link ServerConnection}. Thread: its event loop. */
public interface ClientConnection {
    /** Opens a stream. The answer goes to {@code receiver}. The pool sees to it that the peer's limit is kept. */
    RequestSender newStream(ResponseReceiver receiver);

    /** Parses bytes as they come. Consumes {@code data}. */
    void onBytes(ByteBuf data);

    /** All bytes that were readable now have been given to {@link #onBytes}. */
    void onReadComplete();

    void onChannelWritabilityChanged(boolean writable);

    /** The connection is gone; open streams are reset. {@code details} goes into their reset. */
    void onClosed(ResetReason reason, String details);

    /** Streams that are open now. */
    int activeStreams();

    /** {@code HTTP/1.1} or {@code HTTP/2}. */
    String protocol();
}
