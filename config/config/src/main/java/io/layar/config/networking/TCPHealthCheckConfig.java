package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** A probe that connects. */
public record TCPHealthCheckConfig(
        String host,
        @Required @Limits(min = 1, max = 65535) @Unsigned int port) {}
