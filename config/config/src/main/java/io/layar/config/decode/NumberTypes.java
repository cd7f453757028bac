package io.layar.config.decode;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import com.google.common.primitives.UnsignedInts;
import com.google.common.primitives.UnsignedLongs;
import io.layar.base.SourcePosition;
import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Numbers. Units: an unsigned number is kept as the bits of the signed Java type. */
final class NumberTypes {
    private NumberTypes() {}

    static @Nullable Integer int32(String literal) {
        return Ints.tryParse(literal);
    }

    /** The digits of a number, also of a quoted one where the dialect allows it; null if it is no number. */
    private static @Nullable String literal(Decoding decoding, Value value) {
        return switch (value) {
            case Value.Num(var literal, var _) -> literal;
            case Value.Str(var text, var _) -> decoding.dialect().lenientScalars() ? text : null;
            default -> null;
        };
    }

    /** A whole number of 32 bits. */
    record Int32(@Nullable Integer absent, boolean unsigned) implements FieldType {
        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            var literal = literal(decoding, value);
            var number = literal == null ? null : unsigned ? unsigned(literal) : Ints.tryParse(literal);
            return number != null
                    ? number
                    : decoding.wrongType(value, path, unsigned ? "number 0..4294967295" : "number of 32 bits");
        }

        private static @Nullable Integer unsigned(String literal) {
            var number = Longs.tryParse(literal);
            return number == null || number < 0 || number > 0xFFFF_FFFFL ? null : Integer.valueOf((int) (long) number);
        }

        @Override
        public Value write(Object content) {
            int number = (Integer) content;
            return Value.Num.of(unsigned ? UnsignedInts.toLong(number) : number);
        }
    }

    /** A whole number of 64 bits. */
    record Int64(@Nullable Long absent, boolean unsigned) implements FieldType {
        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            var literal = literal(decoding, value);
            var number = literal == null ? null : unsigned ? unsigned(literal) : Longs.tryParse(literal);
            return number != null
                    ? number
                    : decoding.wrongType(value, path, unsigned ? "whole number, not negative" : "whole number");
        }

        private static @Nullable Long unsigned(String literal) {
            if (literal.isEmpty() || literal.length() > 20 || !literal.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            try {
                return UnsignedLongs.parseUnsignedLong(literal);
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        }

        @Override
        public Value write(Object content) {
            long number = (Long) content;
            return new Value.Num(
                    unsigned ? UnsignedLongs.toString(number) : Long.toString(number), SourcePosition.NOWHERE);
        }
    }

    /** A number. */
    record Float64(@Nullable Double absent) implements FieldType {
        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            var literal = literal(decoding, value);
            var number = literal == null ? null : Doubles.tryParse(literal);
            return number != null ? number : decoding.wrongType(value, path, "number");
        }

        @Override
        public Value write(Object content) {
            return Value.Num.of((double) (Double) content);
        }
    }
}
