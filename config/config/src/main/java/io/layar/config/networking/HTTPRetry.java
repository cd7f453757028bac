package io.layar.config.networking;

import io.layar.config.decode.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How failed requests are tried again. */
public record HTTPRetry(
        int attempts,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration perTryTimeout,
        String retryOn,
        @Nullable Boolean retryRemoteLocalities,
        @Nullable Boolean retryIgnorePreviousHosts,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration backoff) {}
