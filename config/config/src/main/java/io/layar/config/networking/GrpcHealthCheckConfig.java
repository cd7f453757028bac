package io.layar.config.networking;

import io.layar.config.decode.Unsigned;

/** A probe by the gRPC health protocol. */
public record GrpcHealthCheckConfig(@Unsigned int port, String service) {}
