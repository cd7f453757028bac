package io.layar.config.type;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;

/** A port by number. */
public record PortSelector(
        @Required @Limits(min = 1, max = 65535) @Unsigned int number) {}
