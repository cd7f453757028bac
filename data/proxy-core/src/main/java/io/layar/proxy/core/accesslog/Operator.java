package io.layar.proxy.core.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * One command operator, compiled.
 *
 * <p>Text goes out as Latin-1, one char a byte. Thread: any (immutable).
 */
public sealed interface Operator {
    /** Appends the value; tells whether there was one, and appends nothing when not. */
    boolean write(LogInput in, StringBuilder out);

    /** Fixed text between operators. */
    record Literal(String text) implements Operator {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            out.append(text);
            return true;
        }
    }

    /** A value that is text; in JSON a string. */
    @FunctionalInterface
    non-sealed interface Text extends Operator {
        @Nullable
        String value(LogInput in);

        @Override
        default boolean write(LogInput in, StringBuilder out) {
            String value = value(in);
            if (value == null) {
                return false;
            }
            out.append(value);
            return true;
        }
    }

    /** A value that is a whole number; in JSON a number. */
    @FunctionalInterface
    non-sealed interface Number extends Operator {
        long ABSENT = Long.MIN_VALUE;

        long value(LogInput in);

        @Override
        default boolean write(LogInput in, StringBuilder out) {
            long value = value(in);
            if (value == ABSENT) {
                return false;
            }
            out.append(value);
            return true;
        }
    }

    /** A value that is a tree of metadata; in JSON that tree. */
    @FunctionalInterface
    non-sealed interface Tree extends Operator {
        @Nullable
        Object value(LogInput in);

        @Override
        default boolean write(LogInput in, StringBuilder out) {
            Object value = value(in);
            if (value == null) {
                return false;
            }
            if (value instanceof String text) {
                out.append(text);
            } else {
                JsonText.value(out, value);
            }
            return true;
        }
    }

    /** The text of {@code inner}, at most {@code length} chars of it. */
    record Truncated(Operator inner, int length) implements Operator {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            int from = out.length();
            boolean present = inner.write(in, out);
            if (out.length() > from + length) {
                out.setLength(from + length);
            }
            return present;
        }
    }

    /** The first of several that has a value. */
    record Coalesced(java.util.List<Operator> choices) implements Operator {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            for (Operator choice : choices) {
                if (choice.write(in, out)) {
                    return true;
                }
            }
            return false;
        }
    }
}
