package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** One port of a gateway with its hosts and TLS settings. */
public record Server(
        @Required @Nullable Port port,
        String bind,
        @Required ImmutableList<String> hosts,
        @Nullable ServerTLSSettings tls,
        String defaultEndpoint,
        String name) {}
