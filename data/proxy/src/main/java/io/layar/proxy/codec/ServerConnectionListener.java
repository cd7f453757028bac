package io.layar.proxy.codec;

/** What a server codec tells the connection manager that owns it. Thread: event loop of the connection. */
public interface ServerConnectionListener {
    /** A request begins; its parts go to the returned receiver, its answer through {@code sender}. */
    RequestReceiver onNewStream(ResponseSender sender);

    /** The first bytes of a request came, but not its whole head. Followed by {@link #onNewStream} in time. */
    default void onRequestBegun() {}

    /** The peer asked to end the connection gracefully (HTTP/2 GOAWAY). */
    void onGoAway();

    /**
     * The peer broke the protocol (HTTP/2): streams have been reset and the last frame is written. The owner closes the connection
     * once that has left; {@code details} is for logs and the termination details.
     */
    void onProtocolError(String details);
}
