package io.layar.config.extensions;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** An environment variable. */
public record EnvVar(
        @Required @Limits(minSize = 1, maxSize = 256) String name,
        EnvValueSource valueFrom,
        @Limits(maxSize = 2048) String value) {}
