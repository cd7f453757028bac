package io.layar.config.type;

import io.layar.config.decode.Unsigned;

/** A port by number. */
public record PortSelector(@Unsigned int number) {}
