package io.layar.proxy.listener;

import io.netty.buffer.ByteBuf;

/** Looks at the first bytes of a connection before its filter chain is chosen. One instance per connection. Thread: event loop. */
public interface ListenerFilter {
    /** What it found. */
    enum Outcome {
        /** The next filter may look. */
        DONE,
        /** More bytes are needed. */
        MORE,
        /** The connection is to be closed. */
        REJECT
    }

    /** The connection was accepted; filters that need no bytes are done at once. */
    default Outcome onAccept(AcceptedConnection connection) {
        return Outcome.MORE;
    }

    /**
     * Bytes so far. A filter that only looks leaves the reader index alone; one that consumes (PROXY protocol) moves it.
     */
    Outcome onBytes(AcceptedConnection connection, ByteBuf bytes);
}
