package io.layar.config.networking;

import io.layar.config.decode.Unsigned;

/** A port of a gateway server. */
public record Port(@Unsigned int number, String protocol, String name, @Unsigned int targetPort) {}
