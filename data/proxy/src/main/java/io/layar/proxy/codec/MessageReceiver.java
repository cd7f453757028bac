package io.layar.proxy.codec;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;

/**
 * Gets the parts of one message as they are read. Thread: event loop of the connection. A receiver may reset its stream from
 * within any of these calls; the codec then calls it no more.
 */
public interface MessageReceiver {
    /** Body bytes. The receiver takes over {@code data} and must release it or pass it on. */
    void onData(ByteBuf data, boolean endStream);

    /** Trailers; the message ends with them. */
    void onTrailers(HeaderMap trailers);

    /** The stream ended before its end, by the peer or by the connection. {@code details} is text for logs, may be empty. */
    void onReset(ResetReason reason, String details);

    /** {@link MessageSender#isWritable} of this stream's sender changed. */
    void onWritabilityChanged(boolean writable);
}
