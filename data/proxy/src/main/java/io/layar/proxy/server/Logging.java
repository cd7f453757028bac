package io.layar.proxy.server;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up logging to stderr in the form of {@code --log-format}. Thread: main, at start. */
final class Logging {
    private Logging() {}

    static void setUp(CommandLine flags, OutputStream target) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(LogLevel.of(flags.logLevel()));
        Handler handler = new Flushing(target, new Pattern(flags.logFormat()));
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        Logger.getLogger("io.netty").setLevel(Level.WARNING);
        for (String pair : flags.componentLogLevel().split(",")) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                Logger.getLogger("io.layar.proxy." + pair.substring(0, colon))
                        .setLevel(LogLevel.of(pair.substring(colon + 1)));
            }
        }
    }

    private static final class Flushing extends StreamHandler {
        Flushing(OutputStream target, Formatter formatter) {
            super(target, formatter);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }

    /** Envoy's (spdlog's) pattern flags; those about source positions print nothing. */
    private static final class Pattern extends Formatter {
        private final String pattern;

        Pattern(String pattern) {
            this.pattern = pattern;
        }

        @Override
        public String format(LogRecord record) {
            ZonedDateTime time = record.getInstant().atZone(ZoneId.systemDefault());
            StringBuilder line = new StringBuilder(160);
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                if (c == '%' && i + 1 < pattern.length()) {
                    flag(line, pattern.charAt(++i), record, time);
                } else {
                    line.append(c);
                }
            }
            line.append('\n');
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }

        private void flag(StringBuilder line, char flag, LogRecord record, ZonedDateTime t) {
            switch (flag) {
                case 'Y' -> line.append(t.getYear());
                case 'm' -> two(line, t.getMonthValue());
                case 'd' -> two(line, t.getDayOfMonth());
                case 'H' -> two(line, t.getHour());
                case 'M' -> two(line, t.getMinute());
                case 'S' -> two(line, t.getSecond());
                case 'e' -> line.append(String.format(Locale.ROOT, "%03d", t.getNano() / 1_000_000));
                case 'f' -> line.append(String.format(Locale.ROOT, "%06d", t.getNano() / 1000));
                case 'T' -> {
                    two(line, t.getHour());
                    two(line.append(""), t.getMinute(), ':');
                    two(line, t.getSecond(), ':');
                }
                case 'z' -> line.append(t.getOffset().getId().replace("Z", "+00:00"));
                case 't' -> line.append(record.getLongThreadID());
                case 'P' -> line.append(ProcessHandle.current().pid());
                case 'l' -> line.append(LogLevel.name(record.getLevel()));
                case 'L' ->
                    line.append(Character.toUpperCase(
                            LogLevel.name(record.getLevel()).charAt(0)));
                case 'n' -> line.append(shortName(record.getLoggerName()));
                case 'v', '_' -> line.append(formatMessage(record));
                case 'g', 's', '#', '!', '@' -> line.append("");
                default -> line.append('%').append(flag);
            }
        }

        private static void two(StringBuilder line, int number, char before) {
            two(line.append(before), number);
        }

        private static void two(StringBuilder line, int number) {
            if (number < 10) {
                line.append('0');
            }
            line.append(number);
        }

        private static String shortName(@org.jspecify.annotations.Nullable String logger) {
            return logger == null ? "main" : logger.startsWith("io.layar.proxy.") ? logger.substring(15) : logger;
        }
    }
}
