package io.layar.config.networking;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How failed requests are tried again. */
public record HTTPRetry(
        int attempts,
        @Nullable Duration perTryTimeout,
        String retryOn,
        @Nullable Boolean retryRemoteLocalities,
        @Nullable Boolean retryIgnorePreviousHosts,
        @Nullable Duration backoff) {}
