package io.layar.discovery.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Log levels as flags write them: {@code default:info} or a level alone. */
final class LogLevels {
    private LogLevels() {}

    /** Errors: {@link IllegalArgumentException} for a level that there is not. */
    static void apply(String levels) {
        for (String part : levels.split(",", -1)) {
            int colon = part.indexOf(':');
            String scope = colon < 0 ? "default" : part.substring(0, colon);
            if (scope.equals("default") || scope.equals("all")) {
                set(level(part.substring(colon + 1)));
            }
        }
    }

    private static Level level(String text) {
        return switch (text) {
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "warn" -> Level.WARNING;
            case "error", "fatal" -> Level.SEVERE;
            case "none" -> Level.OFF;
            default ->
                throw new IllegalArgumentException(
                        "--log_output_level: " + text + " (expected: debug, info, warn, error, fatal or none)");
        };
    }

    private static void set(Level level) {
        Logger.getLogger("io.layar").setLevel(level);
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(level);
        }
    }
}
