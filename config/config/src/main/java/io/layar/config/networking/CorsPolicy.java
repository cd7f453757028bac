package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Cross-origin rules of a route. */
public record CorsPolicy(
        ImmutableList<String> allowOrigin,
        ImmutableList<StringMatch> allowOrigins,
        ImmutableList<String> allowMethods,
        ImmutableList<String> allowHeaders,
        ImmutableList<String> exposeHeaders,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration maxAge,
        @Nullable Boolean allowCredentials,
        UnmatchedPreflights unmatchedPreflights) {
    /** The values of {@code UnmatchedPreflights} in {@link CorsPolicy}. */
    public enum UnmatchedPreflights {
        UNSPECIFIED,
        FORWARD,
        IGNORE
    }
}
