package io.layar.proxy.listener;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.StatsScope;
import io.netty.buffer.ByteBuf;

/** Tells TLS from other bytes and reads SNI and ALPN of the ClientHello, without consuming it. Thread: event loop. */
final class TlsInspector implements ListenerFilter {
    /** As large as a ClientHello may be before it is given up. */
    static final int MAX_HELLO = 16 * 1024;

    private final Stats stats;

    record Stats(
            Counter found,
            Counter notFound,
            Counter sniFound,
            Counter sniNotFound,
            Counter alpnFound,
            Counter alpnNotFound,
            Counter tooLarge) {
        static Stats of(StatsScope scope) {
            return new Stats(
                    scope.counter("tls_found"),
                    scope.counter("tls_not_found"),
                    scope.counter("sni_found"),
                    scope.counter("sni_not_found"),
                    scope.counter("alpn_found"),
                    scope.counter("alpn_not_found"),
                    scope.counter("client_hello_too_large"));
        }
    }

    TlsInspector(Stats stats) {
        this.stats = stats;
    }

    @Override
    public Outcome onBytes(AcceptedConnection connection, ByteBuf bytes) {
        return switch (ClientHello.read(bytes)) {
            case ClientHello.Incomplete _ -> Outcome.MORE;
            case ClientHello.TooLarge _ -> {
                stats.tooLarge.inc();
                yield Outcome.REJECT;
            }
            case ClientHello.NotTls _ -> {
                stats.notFound.inc();
                yield Outcome.DONE;
            }
            case ClientHello.Found hello -> {
                found(connection, hello);
                yield Outcome.DONE;
            }
        };
    }

    private void found(AcceptedConnection connection, ClientHello.Found hello) {
        stats.found.inc();
        connection.transportProtocol("tls");
        if (hello.serverName().isEmpty()) {
            stats.sniNotFound.inc();
        } else {
            stats.sniFound.inc();
            connection.info().serverName(hello.serverName());
        }
        if (hello.protocols().isEmpty()) {
            stats.alpnNotFound.inc();
        } else {
            stats.alpnFound.inc();
            connection.applicationProtocols(hello.protocols());
        }
    }
}
