package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Unsigned;

/** A probe by the gRPC health protocol. */
public record GrpcHealthCheckConfig(
        @Limits(min = 1, max = 65535) @Unsigned int port, String service) {}
