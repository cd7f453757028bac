package io.layar.proxy.server.admin;

import io.layar.proxy.server.LogLevel;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code /logging}: shows and changes log levels. Loggers are the packages of the proxy. Thread: main loop. */
final class LoggingPage {
    private static final String ROOT = "io.layar.proxy.";
    private static final List<String> NAMES = List.of(
            "accesslog",
            "admin",
            "config",
            "filter",
            "http",
            "listener",
            "network",
            "router",
            "server",
            "transport",
            "upstream",
            "xds");
    private static final String USAGE = """
        usage: /logging?<name>=<level> (change single level)
        usage: /logging?paths=name1:level1,name2:level2,... (change multiple levels)
        usage: /logging?level=<level> (change all levels)
        levels: trace debug info warning error critical off\s
        """;

    AdminResponse serve(AdminRequest request) {
        String error = request.query().isEmpty() ? "" : change(request.query());
        if (!error.isEmpty()) {
            return AdminResponse.text(400, "error: " + error + "\n\n" + USAGE + active());
        }
        return AdminResponse.text(active());
    }

    private static String change(Map<String, String> query) {
        if (query.size() > 1) {
            return "invalid parameter";
        }
        Map.Entry<String, String> one = query.entrySet().iterator().next();
        return switch (one.getKey()) {
            case "level" -> all(one.getValue());
            case "paths" -> paths(one.getValue());
            default -> single(one.getKey(), one.getValue());
        };
    }

    private static String all(String level) {
        if (!LogLevel.NAMES.contains(level)) {
            return "unknown logger level";
        }
        NAMES.forEach(name -> Logger.getLogger(ROOT + name).setLevel(LogLevel.of(level)));
        Logger.getLogger("").setLevel(LogLevel.of(level));
        return "";
    }

    private static String paths(String paths) {
        for (String pair : paths.split(",")) {
            int colon = pair.indexOf(':');
            if (colon <= 0) {
                return "empty logger name or empty logger level";
            }
            String error = single(pair.substring(0, colon), pair.substring(colon + 1));
            if (!error.isEmpty()) {
                return error;
            }
        }
        return "";
    }

    private static String single(String name, String level) {
        if (!LogLevel.NAMES.contains(level)) {
            return "unknown logger level";
        }
        if (!NAMES.contains(name)) {
            return "unknown logger name";
        }
        Logger.getLogger(ROOT + name).setLevel(LogLevel.of(level));
        return "";
    }

    private static String active() {
        StringBuilder text = new StringBuilder("active loggers:\n");
        for (String name : NAMES) {
            Level level = Logger.getLogger(ROOT + name).getLevel();
            Level effective = level == null ? Logger.getLogger("").getLevel() : level;
            text.append("  ")
                    .append(name)
                    .append(": ")
                    .append(LogLevel.name(effective == null ? Level.INFO : effective))
                    .append('\n');
        }
        return text.append('\n').toString();
    }
}
