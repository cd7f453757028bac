package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** A destination that receives a copy of part of the requests. */
public record HTTPMirrorPolicy(@Nullable Destination destination, @Nullable Percent percentage) {}
