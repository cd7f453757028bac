package io.layar.proxy.core.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * What formats need to know of the process.
 *
 * @param hostname of {@code %HOSTNAME%}
 * @param environment of {@code %ENVIRONMENT(NAME)%}
 */
public record FormatFacts(String hostname, Environment environment) {
    /** Nothing known: for tests and tools. */
    public static final FormatFacts NONE = new FormatFacts("-", _ -> null);

    /** Environment variables. */
    @FunctionalInterface
    public interface Environment {
        /** The variable's value, or null when it is not set. */
        @Nullable
        String value(String name);
    }
}
