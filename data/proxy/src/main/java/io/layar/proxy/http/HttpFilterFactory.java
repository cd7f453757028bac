package io.layar.proxy.http;

import org.jspecify.annotations.Nullable;

/** Makes a compiled filter for each stream. Thread: any (immutable); {@link #create} on the stream's event loop. */
public interface HttpFilterFactory {
    /** A filter for one stream, or null when this stream has no need of it. */
    @Nullable
    HttpFilter create(FilterCallbacks callbacks);

    /** Whether the filter ends the chain (the router). */
    default boolean terminal() {
        return false;
    }
}
