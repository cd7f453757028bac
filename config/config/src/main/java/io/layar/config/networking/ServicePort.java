package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** A port of a service. */
public record ServicePort(
        @Required @Limits(min = 1, max = 65535) @Unsigned int number,
        @Limits(maxSize = 256) String protocol,
        @Required @Limits(maxSize = 256) String name,
        @Limits(min = 1, max = 65535) @Unsigned int targetPort) {}
