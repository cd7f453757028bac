package io.layar.proxy.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code layar proxy}: Envoy's flags.
 *
 * <p>Shape: an empty text is "not given". Units: seconds where the name says so.
 */
public record CommandLine(
        String configPath,
        String configYaml,
        String serviceNode,
        String serviceCluster,
        String serviceZone,
        int concurrency,
        String logLevel,
        String componentLogLevel,
        String logFormat,
        String logPath,
        String adminAddressPath,
        long drainSeconds,
        boolean drainImmediately,
        long parentShutdownSeconds,
        boolean validate,
        boolean ipv6Dns,
        long baseId) {

    /** A flag that cannot be understood; the message is for the user. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }

    private static final Set<String> ACCEPTED_WITH_VALUE = Set.of(
            "--restart-epoch",
            "--hot-restart-version",
            "--base-id-path",
            "--file-flush-interval-msec",
            "--max-stats",
            "--max-obj-name-len",
            "--socket-path",
            "--socket-mode",
            "--file-flush-min-size-kb",
            "--skip-deprecated-logs",
            "--local-address-ip-version");
    private static final Set<String> ACCEPTED = Set.of(
            "--disable-hot-restart",
            "--use-dynamic-base-id",
            "--enable-fine-grain-logging",
            "--allow-unknown-fields",
            "--reject-unknown-dynamic-fields",
            "--ignore-unknown-dynamic-fields",
            "--allow-unknown-static-fields",
            "--enable-mutex-tracing",
            "--skip-hot-restart-on-no-parent",
            "--skip-hot-restart-parent-stats");

    private static final Set<String> REFUSED =
            Set.of("--stats-tag", "--disable-extensions", "--log-format-escaped", "--enable-core-dump");

    static CommandLine parse(String[] args) throws Misuse {
        Parser parser = new Parser(args);
        parser.run();
        return new CommandLine(
                parser.configPath,
                parser.configYaml,
                parser.serviceNode,
                parser.serviceCluster,
                parser.serviceZone,
                parser.concurrency,
                parser.logLevel,
                parser.componentLogLevel,
                parser.logFormat,
                parser.logPath,
                parser.adminAddressPath,
                parser.drainSeconds,
                parser.drainImmediately,
                parser.parentShutdownSeconds,
                parser.validate,
                false,
                parser.baseId);
    }

    private static final class Parser {
        private final Deque<String> rest;
        private String configPath = "";
        private String configYaml = "";
        private String serviceNode = "";
        private String serviceCluster = "";
        private String serviceZone = "";
        private int concurrency = 1;
        private boolean concurrencyGiven;
        private String logLevel = "info";
        private String componentLogLevel = "";
        private String logFormat = "[%Y-%m-%d %T.%e][%t][%l][%n] %v";
        private String logPath = "";
        private String adminAddressPath = "";
        private long drainSeconds = 600;
        private boolean drainImmediately;
        private long parentShutdownSeconds = 900;
        private boolean validate;
        private long baseId;

        Parser(String[] args) {
            rest = new ArrayDeque<>(Arrays.asList(args));
        }

        void run() throws Misuse {
            while (!rest.isEmpty()) {
                String flag = rest.pop();
                int equals = flag.startsWith("--") ? flag.indexOf('=') : -1;
                String name = equals > 0 ? flag.substring(0, equals) : flag;
                one(name, equals > 0 ? flag.substring(equals + 1) : null);
            }
        }

        private void one(String name, @Nullable String inline) throws Misuse {
            switch (name) {
                case "-c", "--config-path" -> configPath = value(name, inline);
                case "--config-yaml" -> configYaml = value(name, inline);
                case "--service-node" -> serviceNode = value(name, inline);
                case "--service-cluster" -> serviceCluster = value(name, inline);
                case "--service-zone" -> serviceZone = value(name, inline);
                case "--concurrency" -> {
                    concurrency = workers(number(name, inline));
                    concurrencyGiven = true;
                }
                case "-l", "--log-level" -> logLevel = level(value(name, inline));
                case "--component-log-level" -> componentLogLevel = value(name, inline);
                case "--log-format" -> logFormat = value(name, inline);
                case "--log-path" -> logPath = value(name, inline);
                case "--admin-address-path" -> adminAddressPath = value(name, inline);
                case "--drain-time-s" -> drainSeconds = number(name, inline);
                case "--parent-shutdown-time-s" -> parentShutdownSeconds = number(name, inline);
                case "--base-id" -> baseId = number(name, inline);
                case "--mode" -> mode(value(name, inline));
                default -> other(name, inline);
            }
        }

        /** 0 asks for as many workers as there are processors. */
        private static int workers(long number) {
            return number <= 0 ? Runtime.getRuntime().availableProcessors() : (int) number;
        }

        private void other(String name, @Nullable String inline) throws Misuse {
            if (name.equals("--drain-strategy")) {
                drainImmediately = immediate(value(name, inline));
            } else if (name.equals("--cpuset-threads")) {
                concurrency = concurrencyGiven ? concurrency : workers(0);
            } else if (REFUSED.contains(name)) {
                throw new Misuse("argument " + name + " is not supported");
            } else if (ACCEPTED_WITH_VALUE.contains(name)) {
                value(name, inline);
            } else if (!ACCEPTED.contains(name)) {
                throw new Misuse("unknown argument " + name);
            }
        }

        private static boolean immediate(String strategy) throws Misuse {
            return switch (strategy) {
                case "immediate" -> true;
                case "gradual" -> false;
                default -> throw new Misuse("error: unknown drain-strategy '" + strategy + "'");
            };
        }

        private void mode(String mode) throws Misuse {
            switch (mode) {
                case "serve" -> validate = false;
                case "validate" -> validate = true;
                default -> throw new Misuse("error: unknown mode '" + mode + "'");
            }
        }

        private static String level(String text) throws Misuse {
            if (!LogLevel.NAMES.contains(text)) {
                throw new Misuse("error: invalid log level specified '" + text + "'");
            }
            return text;
        }

        private String value(String name, @Nullable String inline) throws Misuse {
            if (inline != null) {
                return inline;
            }
            if (rest.isEmpty()) {
                throw new Misuse("missing a value for argument " + name);
            }
            return rest.pop();
        }

        private long number(String name, @Nullable String inline) throws Misuse {
            String text = value(name, inline);
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new Misuse("could not read the value of argument " + name + ": '" + text + "'");
            }
        }
    }
}
