package io.layar.proxy.transport;

import io.layar.proxy.core.stream.TlsFacts;

/** User event of a secure channel, once per connection: its handshake is done, or failed (the channel closes right after). */
public sealed interface TransportEvent {
    record Ready(TlsFacts tls) implements TransportEvent {}

    /** Shape: {@code reason} as Envoy's transport failure reason, {@code TLS_error:|…:TLS_error_end}. */
    record Failed(String reason) implements TransportEvent {}
}
