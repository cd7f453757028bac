package io.layar.config.networking;

import io.layar.config.decode.Required;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** A fixed answer. */
public record HTTPDirectResponse(
        @Required @Unsigned int status, @Nullable HTTPBody body) {}
