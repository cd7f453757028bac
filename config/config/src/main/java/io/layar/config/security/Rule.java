package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import org.jspecify.annotations.Nullable;

/** A rule of an AuthorizationPolicy: from, to and when must all match. */
public record Rule(
        @Limits(maxSize = 512) ImmutableList<From> from, ImmutableList<To> to, ImmutableList<Condition> when) {
    /** The {@code From} message of {@link Rule}. */
    public record From(@Nullable Source source) {}

    /** The {@code To} message of {@link Rule}. */
    public record To(@Nullable Operation operation) {}
}
