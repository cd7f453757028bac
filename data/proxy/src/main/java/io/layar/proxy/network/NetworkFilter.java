package io.layar.proxy.network;

/**
 * One filter of one downstream connection: either a gate, which looks and lets pass, or the terminal filter, which takes the bytes.
 *
 * <p>Thread: event loop of the connection.
 */
public sealed interface NetworkFilter permits GateFilter, TerminalFilter {
    /** The connection is over, by either side; called once, last, on every filter whose {@code onNewConnection} was called. */
    default void onClosed() {}
}
