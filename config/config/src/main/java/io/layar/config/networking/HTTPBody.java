package io.layar.config.networking;

import io.layar.config.Bytes;
import io.layar.config.decode.OneOf;
import org.jspecify.annotations.Nullable;

/** The body of a fixed answer. */
public record HTTPBody(
        @OneOf("specifier") @Nullable String string,
        @OneOf("specifier") @Nullable Bytes bytes) {}
