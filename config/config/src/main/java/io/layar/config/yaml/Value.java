package io.layar.config.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.base.SourcePosition;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-like value that knows where it was written.
 *
 * <p>Order: objects keep the order of the text. Equality: the content; positions do not count, nor does the order of an
 * object's fields. Thread: any (immutable).
 */
public sealed interface Value {
    SourcePosition at();

    /** What a person calls this type of value. */
    default String typeName() {
        return switch (this) {
            case Obj _ -> "object";
            case Arr _ -> "list";
            case Str _ -> "string";
            case Num _ -> "number";
            case Bool _ -> "boolean";
            case Null _ -> "null";
        };
    }

    /**
     * The value of a plain tree of maps, lists, strings, numbers, booleans and nulls.
     *
     * <p>Errors: {@link IllegalArgumentException} for anything else in it.
     */
    static Value of(@Nullable Object plain) {
        return switch (plain) {
            case null -> new Null(SourcePosition.NOWHERE);
            case Value value -> value;
            case String text -> Str.of(text);
            case Boolean bool -> Bool.of(bool);
            case Double number -> Num.of(number);
            case Number number -> Num.of(number.longValue());
            case Map<?, ?> map -> {
                var fields = ImmutableMap.<String, Value>builder();
                map.forEach((name, item) -> fields.put(String.valueOf(name), of(item)));
                yield Obj.of(fields.buildOrThrow());
            }
            case Iterable<?> list -> {
                var items = ImmutableList.<Value>builder();
                list.forEach(item -> items.add(of(item)));
                yield Arr.of(items.build());
            }
            default -> throw new IllegalArgumentException(plain.getClass() + " (expected: JSON)");
        };
    }

    /** An object. Shape: {@code keys} has the position of each field's name. */
    record Obj(ImmutableMap<String, Value> fields, ImmutableMap<String, SourcePosition> keys, SourcePosition at)
            implements Value {
        public static final Obj EMPTY = of(ImmutableMap.of());

        /** An object that no file holds. */
        public static Obj of(ImmutableMap<String, Value> fields) {
            return new Obj(fields, ImmutableMap.of(), SourcePosition.NOWHERE);
        }

        public @Nullable Value get(String name) {
            return fields.get(name);
        }

        /** The text of a field, or null if it is absent or not a string. */
        public @Nullable String text(String name) {
            return fields.get(name) instanceof Str text ? text.value : null;
        }

        /** The position of a field's name, or of the whole object where that is not known. */
        public SourcePosition keyAt(String name) {
            return keys.getOrDefault(name, at);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Obj that && fields.equals(that.fields);
        }

        @Override
        public int hashCode() {
            return fields.hashCode();
        }
    }

    /** A list. */
    record Arr(ImmutableList<Value> items, SourcePosition at) implements Value {
        public static Arr of(ImmutableList<Value> items) {
            return new Arr(items, SourcePosition.NOWHERE);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Arr that && items.equals(that.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /** A string. */
    record Str(String value, SourcePosition at) implements Value {
        public static Str of(String value) {
            return new Str(value, SourcePosition.NOWHERE);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Str that && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** A number. Shape: {@code literal} is its JSON text, in decimal. */
    record Num(String literal, SourcePosition at) implements Value {
        public static Num of(long value) {
            return new Num(Long.toString(value), SourcePosition.NOWHERE);
        }

        /** A number that JSON can say; a whole one is written without a fraction. */
        public static Num of(double value) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            return whole ? of((long) value) : new Num(Double.toString(value), SourcePosition.NOWHERE);
        }

        public double toDouble() {
            return Double.parseDouble(literal);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Num that && literal.equals(that.literal);
        }

        @Override
        public int hashCode() {
            return literal.hashCode();
        }
    }

    /** True or false. */
    record Bool(boolean value, SourcePosition at) implements Value {
        public static Bool of(boolean value) {
            return new Bool(value, SourcePosition.NOWHERE);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bool that && value == that.value;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }
    }

    /** Null: written, but nothing. */
    record Null(SourcePosition at) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof Null;
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(null);
        }
    }
}
