package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How tokens of one issuer are found and verified. */
public record JWTRule(
        String issuer,
        ImmutableList<String> audiences,
        String jwksUri,
        String jwks,
        ImmutableList<JWTHeader> fromHeaders,
        ImmutableList<String> fromParams,
        String outputPayloadToHeader,
        ImmutableList<String> fromCookies,
        boolean forwardOriginalToken,
        ImmutableList<ClaimToHeader> outputClaimToHeaders,
        @Nullable Duration timeout,
        ImmutableList<String> spaceDelimitedClaims,
        JWTRequirement presence) {
    /** The values of {@code JWTRequirement} in {@link JWTRule}. */
    public enum JWTRequirement {
        OPTIONAL,
        REQUIRED
    }
}
