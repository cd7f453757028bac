package io.layar.proxy.listener;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a connection needs of the listeners' registry. Thread: event loop of the connection. */
interface ListenerHost {
    long nextConnectionId();

    /** The listener that an original destination means: its address exactly, else any address with that port; null when none. */
    @Nullable
    ListenerConfig meantBy(SocketAddress destination);

    void opened(AcceptedConnection connection);

    void closed(AcceptedConnection connection);

    /** A bug: an exception that nobody expected. */
    void fault(AcceptedConnection connection, Throwable cause);
}
