package io.layar.config.networking;

import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** A port of a gateway server. */
public record Port(
        @Required @Unsigned int number,
        @Required String protocol,
        @Required String name,
        @Unsigned int targetPort) {}
