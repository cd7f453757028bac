package io.layar.config.validate;

import org.jspecify.annotations.Nullable;

/**
 * The syntax of header values with commands: {@code %NAME%}, {@code %NAME(argument)%}, {@code %NAME(["a", "b"])%}, and
 * {@code %%} for the character itself.
 */
final class HeaderFormat {
    private HeaderFormat() {}

    private enum State {
        LITERAL,
        NAME,
        ARGUMENTS,
        STRING_START,
        STRING,
        STRING_END,
        ARGUMENTS_END,
        COMMAND_END
    }

    /** What is wrong with the value, or null. */
    static @Nullable String problem(String value) {
        var state = State.LITERAL;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean last = i + 1 == value.length();
            if (state == State.LITERAL && c == '%') {
                if (last) {
                    return "Un-escaped %";
                }
                if (value.charAt(i + 1) == '%') {
                    i++;
                    continue;
                }
            }
            if (state == State.STRING && c == '\\') {
                if (last) {
                    return "Un-terminated backslash in JSON string";
                }
                i++;
                continue;
            }
            var next = next(state, c);
            if (next == null) {
                return "Expecting %s".formatted(expected(state));
            }
            state = next;
        }
        return state == State.LITERAL ? null : "Un-terminated variable expression '%s'".formatted(value);
    }

    private static @Nullable State next(State state, char c) {
        return switch (state) {
            case LITERAL -> c == '%' ? State.NAME : State.LITERAL;
            case NAME -> c == '%' ? State.LITERAL : c == '(' ? State.ARGUMENTS : State.NAME;
            case ARGUMENTS -> c == '[' ? State.STRING_START : c == ' ' ? State.ARGUMENTS : State.STRING;
            case STRING_START -> c == '"' ? State.STRING : c == ' ' ? State.STRING_START : null;
            case STRING -> c == ')' ? State.COMMAND_END : c == '"' ? State.STRING_END : State.STRING;
            case STRING_END ->
                c == ',' ? State.STRING_START : c == ']' ? State.ARGUMENTS_END : c == ' ' ? State.STRING_END : null;
            case ARGUMENTS_END -> c == ')' ? State.COMMAND_END : c == ' ' ? State.ARGUMENTS_END : null;
            case COMMAND_END -> c == '%' ? State.LITERAL : c == ' ' ? State.COMMAND_END : null;
        };
    }

    private static String expected(State state) {
        return switch (state) {
            case STRING_START -> "'\"'";
            case STRING_END -> "',', ']', or whitespace";
            case ARGUMENTS_END -> "')' or whitespace";
            case COMMAND_END -> "'%' or whitespace";
            case LITERAL, NAME, ARGUMENTS, STRING -> "text";
        };
    }
}
