package io.layar.proxy.network;

import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import io.layar.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * One accepted connection as its filters see it. Bytes are written with {@link #channel()}'s write and flush (TLS, where there is any,
 * lies below), or by {@link #write}.
 *
 * <p>Thread: its event loop.
 */
public interface DownstreamConnection {
    Channel channel();

    Worker worker();

    ConnectionInfo info();

    /** The connection as access logs of the listener and of TCP filters see it: one session from accept to close. */
    StreamInfo session();

    /** Writes without flushing. Consumes {@code data}. */
    void write(ByteBuf data);

    void flush();

    /** Stops or resumes reading. Calls nest: as many resumes as pauses. */
    void pauseReading(boolean pause);

    /** Goes on after a gate said STOP: the next gates and then the terminal filter get the connection and what came meanwhile. */
    void continueReading();

    /** Closes as {@code how} says; {@code details} is kept for the log when not empty. */
    void close(Close how, String details);

    /** How long {@link Close#FLUSH_AND_LINGER} waits for the peer; 0 does not wait. The default is 1000. */
    void delayedCloseMillis(long millis);

    /** Sends FIN (or close_notify) after what was written; reading goes on. */
    void shutdownOutput();

    /** True while the listener or the whole process drains. */
    boolean draining();

    /** Ways to end a connection. */
    enum Close {
        /** Now; unsent bytes are lost. */
        NO_FLUSH,
        /** After everything written is out. */
        FLUSH,
        /** After everything written is out, and gone when the peer closes or after the delayed close timeout. */
        FLUSH_AND_LINGER,
        /** With a RST. */
        RESET
    }
}
