package io.layar.proxy.transport;

import io.netty.channel.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream connection's bytes travel: raw or TLS. One per (cluster, matched transport socket).
 *
 * <p>Install before connecting: TLS puts its handler in front of what is in the pipeline, shakes hands once connected, and then fires exactly one
 * {@link TransportEvent.Ready} or {@link TransportEvent.Failed} as a user event; a raw transport adds nothing and fires nothing: it is ready when connected.
 * Thread: any (immutable); {@code install} on the channel's loop.
 */
public interface UpstreamTransport {
    /** True for TLS: wait for the event before use. */
    boolean secure();

    /** False while a secret that it needs has not come: connecting fails with {@code notReadyReason}. */
    default boolean ready() {
        return true;
    }

    /** True where the server name is to be the endpoint's host name (auto_host_sni): put it into the options. */
    default boolean wantsHostName() {
        return false;
    }

    void install(Channel channel, Options options);

    /** Two connections may share a pool only if their keys are equal; null where options do not matter. */
    default @Nullable Object poolKey(Options options) {
        return options.equals(Options.NONE) ? null : options;
    }

    /**
     * What one connection adds to the configuration.
     *
     * <p>Shape: {@code serverName} overrides SNI (auto_sni); {@code verifySans} are names of which one must be in the peer's certificate (auto_san_validation);
     * {@code alpn} replaces or, when the context names none, supplies the protocols offered. Empty or null means: as configured.
     */
    record Options(@Nullable String serverName, List<String> verifySans, List<String> alpn) {
        public static final Options NONE = new Options(null, List.of(), List.of());
    }
}
