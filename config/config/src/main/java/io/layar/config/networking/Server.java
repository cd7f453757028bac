package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** One port of a gateway with its hosts and TLS settings. */
public record Server(
        @Nullable Port port,
        String bind,
        ImmutableList<String> hosts,
        @Nullable ServerTLSSettings tls,
        String defaultEndpoint,
        String name) {}
