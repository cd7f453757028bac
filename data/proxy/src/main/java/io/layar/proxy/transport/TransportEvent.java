package io.layar.proxy.transport;

import io.layar.proxy.core.stream.TlsFacts;
import org.jspecify.annotations.Nullable;

/** User event of a secure channel, once per connection: its handshake is done, or failed (the channel closes right after). */
public sealed interface TransportEvent {
    /** Shape: {@code alpn} is the protocol that was agreed on, or null. */
    record Ready(TlsFacts tls, @Nullable String alpn) implements TransportEvent {}

    /** Shape: {@code reason} as Envoy's transport failure reason, {@code TLS_error:|…:TLS_error_end}. */
    record Failed(String reason) implements TransportEvent {}
}
