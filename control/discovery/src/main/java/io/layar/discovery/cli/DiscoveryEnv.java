package io.layar.discovery.cli;

import io.layar.base.GoDuration;
import io.layar.discovery.push.PushLoop;
import io.layar.mesh.Features;
import java.time.Duration;
import java.util.Map;

/**
 * The environment variables of the daemon itself; those of generation are in {@link Features}.
 *
 * @param debounce {@code PILOT_DEBOUNCE_AFTER} (100ms) and {@code PILOT_DEBOUNCE_MAX} (10s)
 * @param features everything else that generation reads
 */
record DiscoveryEnv(PushLoop.Debounce debounce, Features features) {

    /** Errors: {@link IllegalArgumentException} naming the variable. */
    static DiscoveryEnv of(Map<String, String> environment) {
        return new DiscoveryEnv(
                new PushLoop.Debounce(
                        duration(environment, "PILOT_DEBOUNCE_AFTER", Duration.ofMillis(100)),
                        duration(environment, "PILOT_DEBOUNCE_MAX", Duration.ofSeconds(10))),
                Features.of(environment));
    }

    private static Duration duration(Map<String, String> environment, String name, Duration otherwise) {
        String text = environment.get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        Duration parsed = GoDuration.parse(text);
        if (parsed == null || parsed.isNegative()) {
            throw new IllegalArgumentException(name + ": " + text + " (expected: a duration such as 100ms)");
        }
        return parsed;
    }
}
