package io.layar.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Where a codec writes to, and how it holds back its peer. Thread: event loop of the connection. */
public interface ConnectionOutput {
    ByteBufAllocator alloc();

    /** Queues bytes; nothing leaves before {@link #flush}. Consumes {@code data}. */
    void write(ByteBuf data);

    /** Sends what was queued. */
    void flush();

    /** Runs {@code flush} once when the loop has handled the bytes that are there now. It should end in {@link #flush}. */
    void flushLater(Runnable flush);

    /** Stops or resumes reading from the peer. */
    void setReading(boolean on);

    /** False while more than the high watermark waits to be sent. */
    boolean isWritable();
}
