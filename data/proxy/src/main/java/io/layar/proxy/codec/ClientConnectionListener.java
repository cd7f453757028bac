package io.layar.proxy.codec;

/** What a client codec tells the pool that owns it. Thread: event loop of the connection. */
public interface ClientConnectionListener {
    /** The peer takes no new streams (GOAWAY, or an HTTP/1 answer that ends the connection): the pool drains it. */
    void onGoAway();

    /** A stream is complete on both sides, or reset: its place is free. */
    void onStreamEnd();

    /** How many streams the peer allows at a time, now (HTTP/2 SETTINGS). */
    void onMaxConcurrentStreams(int limit);

    /**
     * The peer broke the protocol (HTTP/2): streams have been reset and the last frame is written. The owner closes the connection
     * once that has left.
     */
    void onProtocolError(String details);
}
