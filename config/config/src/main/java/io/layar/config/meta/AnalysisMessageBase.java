package io.layar.config.meta;

import io.layar.config.decode.Number;
import org.jspecify.annotations.Nullable;

/** The head of an analysis message: which one, how grave, where it is explained. */
public record AnalysisMessageBase(@Nullable Type type, Level level, String documentationUrl) {
    /** The values of {@code Level} in {@link AnalysisMessageBase}. */
    public enum Level {
        UNKNOWN,
        @Number(3)
        ERROR,
        @Number(8)
        WARNING,
        @Number(12)
        INFO
    }

    /** The {@code Type} message of {@link AnalysisMessageBase}. */
    public record Type(String name, String code) {}
}
