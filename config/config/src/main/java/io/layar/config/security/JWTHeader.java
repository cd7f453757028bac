package io.layar.config.security;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** A header that carries a token, and what comes before the token in it. */
public record JWTHeader(@Required @Limits(minSize = 1) String name, String prefix) {}
