package io.layar.proxy.codec;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;

/**
 * Writes one message (a request upstream, a response downstream) to a stream. Exactly one call carries {@code endStream} or is
 * {@link #sendTrailers}; after it, or after {@link #reset}, no further call is allowed. Thread: event loop of the connection.
 */
public interface MessageSender {
    /** Sends final headers. The map belongs to the codec afterwards only for the time of the call. */
    void sendHeaders(HeaderMap headers, boolean endStream);

    /** Sends body bytes. Consumes {@code data}. */
    void sendData(ByteBuf data, boolean endStream);

    /** Ends the message with trailers. */
    void sendTrailers(HeaderMap trailers);

    /** Gives the stream up: RST_STREAM in HTTP/2, a closed connection in HTTP/1. The receiver is not told. */
    void reset(ResetReason reason);

    /**
     * Stops or resumes reading of the <em>peer's</em> message on this stream (back-pressure). Calls nest: as many resumes as
     * pauses let bytes flow again. HTTP/2 stops opening the stream's window; HTTP/1 stops reading the socket.
     */
    void pauseReading(boolean pause);

    /** False while more bytes are waiting to be written than the connection's or the stream's high watermark. */
    boolean isWritable();

    /** Bytes of a complete message that wait for the peer to open its window; 0 where the protocol has none. */
    default int unsentBytes() {
        return 0;
    }
}
