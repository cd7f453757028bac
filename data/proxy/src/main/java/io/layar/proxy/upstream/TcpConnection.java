package io.layar.proxy.upstream;

import io.netty.buffer.ByteBuf;

/** An upstream connection whose bytes belong to one user. Thread: its event loop. */
public interface TcpConnection extends UpstreamConnection {
    /** Who gets what is read. Set once, within {@link TcpPool.Callbacks#onReady}. */
    void listener(Listener listener);

    /** Writes without flushing. Consumes {@code data}. */
    void write(ByteBuf data);

    void flush();

    /** False while more bytes wait to be written than the high watermark. */
    boolean isWritable();

    /** Stops or resumes reading. Calls nest. */
    void pauseReading(boolean pause);

    /** Sends FIN (close_notify first) after what was written. */
    void shutdownOutput();

    /** Closes after what was written is out ({@code flush}) or at once. */
    void close(boolean flush);

    /** Closes with a RST. */
    void reset();

    /** What happens on the connection. */
    interface Listener {
        /** Consumes {@code data}. */
        void onData(ByteBuf data);

        /** Everything that was readable now was given. */
        void onReadComplete();

        /** The peer will send no more. */
        void onEndOfStream();

        /** The connection is gone; not called after a {@link TcpConnection#close} of our own. {@code reset}: by RST. */
        void onClosed(boolean reset);

        void onWritabilityChanged(boolean writable);
    }
}
