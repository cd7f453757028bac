package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How traffic to a new endpoint grows. Units: percent for the minimum. */
public record WarmupConfiguration(
        @Required @Limits(atLeastOneMillisecond = true) @Nullable
        Duration duration,

        @Limits(max = 100) @Nullable Double minimumPercent,
        @Nullable Double aggression) {}
