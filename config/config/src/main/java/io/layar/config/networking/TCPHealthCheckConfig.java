package io.layar.config.networking;

import io.layar.config.decode.Unsigned;

/** A probe that connects. */
public record TCPHealthCheckConfig(String host, @Unsigned int port) {}
