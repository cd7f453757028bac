package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Secrets by name: static ones from the bootstrap, dynamic ones as SDS delivers them. A change swaps the TLS contexts that use it.
 *
 * <p>Thread: main loop for writing, any for reading.
 */
public interface Secrets {
    /**
     * A new or changed secret.
     *
     * <p>Errors: {@link io.layar.proxy.core.config.ConfigRejected}; the old one stays.
     */
    void put(String source, Secret secret);

    void remove(String source, String name);

    @Nullable
    Secret find(String source, String name);

    /** Calls {@code onChange} after each change of that secret, as long as somebody else holds {@code onChange}. */
    void watch(String source, String name, Runnable onChange);

    /** Asks for a dynamic secret: {@code source} is the key of its config source. Set by the xDS client. */
    @FunctionalInterface
    interface Subscriber {
        void subscribe(String source, String name, io.envoyproxy.envoy.config.core.v3.ConfigSource config);
    }

    /** Source of secrets without an SDS config: the bootstrap's. */
    String STATIC = "";
}
