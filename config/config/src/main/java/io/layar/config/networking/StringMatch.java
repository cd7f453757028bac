package io.layar.config.networking;

import io.layar.config.decode.OneOf;
import org.jspecify.annotations.Nullable;

/** A string condition: exact, by prefix, or by regular expression (RE2). */
public record StringMatch(
        @OneOf("match_type") @Nullable String exact,
        @OneOf("match_type") @Nullable String prefix,
        @OneOf("match_type") @Nullable String regex) {}
