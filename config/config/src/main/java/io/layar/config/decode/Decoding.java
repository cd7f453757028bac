package io.layar.config.decode;

import io.layar.base.Problem;
import io.layar.config.yaml.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One decoding under way: its dialect and the problems so far. Thread: one. */
record Decoding(Dialect dialect, List<Problem> problems) {

    /** A value of the wrong type. */
    @Nullable
    Object wrongType(Value value, FieldPath path, String expected) {
        return wrong("wrong-type", value, path, "%s (expected: %s)".formatted(describe(value), expected));
    }

    /** Says what is wrong with a value, and answers null for it. */
    @Nullable
    Object wrong(String code, Value value, FieldPath path, String message) {
        problems.add(Problem.error(code, path.toString(), value.at(), message));
        return null;
    }

    private static String describe(Value value) {
        return switch (value) {
            case Value.Str text -> "string \"" + shortened(text.value()) + "\"";
            case Value.Num number -> "number " + number.literal();
            case Value.Bool bool -> "boolean " + bool.value();
            case Value.Obj _, Value.Arr _, Value.Null _ -> value.typeName();
        };
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
