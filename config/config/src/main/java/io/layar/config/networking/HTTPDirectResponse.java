package io.layar.config.networking;

import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** A fixed answer. */
public record HTTPDirectResponse(@Unsigned int status, @Nullable HTTPBody body) {}
