package io.layar.config.networking;

import io.layar.config.decode.Unsigned;

/** A port of a service. */
public record ServicePort(@Unsigned int number, String protocol, String name, @Unsigned int targetPort) {}
