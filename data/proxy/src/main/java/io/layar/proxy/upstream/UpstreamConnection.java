package io.layar.proxy.upstream;

import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.TlsFacts;
import org.jspecify.annotations.Nullable;

/** Facts of one established upstream connection. Thread: its event loop. */
public interface UpstreamConnection {
    /** Unique in the process. */
    long id();

    Address local();

    Address remote();

    /** {@code HTTP/1.1}, {@code HTTP/2}, or empty for TCP. */
    String protocol();

    @Nullable
    TlsFacts tls();

    /** The server name that was sent, or null. */
    @Nullable
    String serverName();

    /** When connecting began, was done, and the TLS handshake was done (equal to the former without TLS). */
    long connectBeginNanos();

    long connectEndNanos();

    long handshakeEndNanos();

    /** Streams carried so far, this one included. */
    long streams();
}
