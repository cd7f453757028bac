package io.layar.proxy.network;

/** A filter's compiled configuration: makes the filter of each connection. Thread: any (immutable). */
public interface NetworkFilterFactory {
    NetworkFilter create(DownstreamConnection connection);

    /** True for terminal filters, which must be last. */
    boolean terminal();

    /** True where the filter itself counts the session's bytes. */
    default boolean countsBytes() {
        return false;
    }

    /** True where the terminal filter handles a half-closed connection itself. */
    default boolean halfClose() {
        return false;
    }
}
