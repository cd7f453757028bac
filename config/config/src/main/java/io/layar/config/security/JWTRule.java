package io.layar.config.security;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How tokens of one issuer are found and verified. */
public record JWTRule(
        @Limits(minSize = 1) String issuer,
        @Elements(minSize = 1) ImmutableList<String> audiences,
        @Limits(minSize = 1, maxSize = 2048) String jwksUri,
        String jwks,
        ImmutableList<JWTHeader> fromHeaders,
        @Elements(minSize = 1) ImmutableList<String> fromParams,
        String outputPayloadToHeader,
        @Elements(minSize = 1) ImmutableList<String> fromCookies,
        boolean forwardOriginalToken,
        ImmutableList<ClaimToHeader> outputClaimToHeaders,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration timeout,
        @Limits(maxSize = 64) @Elements(minSize = 1) ImmutableList<String> spaceDelimitedClaims,
        JWTRequirement presence) {
    /** The values of {@code JWTRequirement} in {@link JWTRule}. */
    public enum JWTRequirement {
        OPTIONAL,
        REQUIRED
    }
}
