package io.layar.config.security;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** A claim that is copied into a request header. */
public record ClaimToHeader(
        @Required @Limits(minSize = 1, pattern = "^[-_A-Za-z0-9]+$")
        String header,

        @Required @Limits(minSize = 1) String claim) {}
