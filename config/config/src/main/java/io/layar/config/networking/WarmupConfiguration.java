package io.layar.config.networking;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How traffic to a new endpoint grows. Units: percent for the minimum. */
public record WarmupConfiguration(
        @Nullable Duration duration,
        @Nullable Double minimumPercent,
        @Nullable Double aggression) {}
