package io.layar.proxy.server;

import java.util.List;
import java.util.logging.Level;

/** Envoy's log levels as java.util.logging's. */
public final class LogLevel {
    public static final List<String> NAMES =
            List.of("trace", "debug", "info", "warning", "warn", "error", "critical", "off");

    private LogLevel() {}

    public static Level of(String name) {
        return switch (name) {
            case "trace" -> Level.FINEST;
            case "debug" -> Level.FINE;
            case "warning", "warn" -> Level.WARNING;
            case "error", "critical" -> Level.SEVERE;
            case "off" -> Level.OFF;
            default -> Level.INFO;
        };
    }

    public static String name(Level level) {
        int value = level.intValue();
        if (value == Level.OFF.intValue()) {
            return "off";
        }
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warning";
        }
        if (value >= Level.INFO.intValue()) {
            return "info";
        }
        return value >= Level.FINE.intValue() ? "debug" : "trace";
    }
}
