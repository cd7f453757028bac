package io.layar.proxy.core.config;

import org.jspecify.annotations.Nullable;

/** Scalars of a JSON or YAML tree, read as proto3 JSON reads them: numbers may be quoted. */
final class Scalars {
    private Scalars() {}

    static int toInt(@Nullable Object value, boolean unsigned, String path) {
        long number = toLong(value, unsigned, path);
        boolean fits = unsigned ? number >= 0 && number <= 0xFFFF_FFFFL : number == (int) number;
        if (!fits) {
            throw new ConfigRejected(path, "number out of range: " + value);
        }
        return (int) number;
    }

    static long toLong(@Nullable Object value, boolean unsigned, String path) {
        long number = switch (value) {
            case Long n -> n;
            case Integer n -> n;
            case Double n when n == Math.rint(n) && Math.abs(n) < 9e18 -> n.longValue();
            case Double n
            when unsigned && n == Math.rint(n) && n > 0 ->
                Long.parseUnsignedLong(new java.math.BigDecimal(n).toPlainString());
            case java.math.BigInteger n when n.bitLength() <= (unsigned ? 64 : 63) -> n.longValue();
            case String text -> parse(text, unsigned, path);
            case null, default -> throw new ConfigRejected(path, "expected a whole number, got " + value);
        };
        if (unsigned
                && number < 0
                && !(value instanceof String)
                && !(value instanceof Double)
                && !(value instanceof java.math.BigInteger)) {
            throw new ConfigRejected(path, "number out of range: " + value);
        }
        return number;
    }

    private static long parse(String text, boolean unsigned, String path) {
        try {
            return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ConfigRejected(path, "expected a whole number, got '" + text + "'");
        }
    }

    static double toDouble(@Nullable Object value, String path) {
        return switch (value) {
            case Number n -> n.doubleValue();
            case String text -> parseDouble(text, path);
            case null, default -> throw new ConfigRejected(path, "expected a number, got " + value);
        };
    }

    private static double parseDouble(String text, String path) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ConfigRejected(path, "expected a number, got '" + text + "'");
        }
    }

    static boolean toBoolean(@Nullable Object value, String path) {
        return switch (value) {
            case Boolean b -> b;
            case String s when s.equals("true") -> true;
            case String s when s.equals("false") -> false;
            case null, default -> throw new ConfigRejected(path, "expected true or false, got " + value);
        };
    }

    static String toText(@Nullable Object value, String path) {
        if (value instanceof String text) {
            return text;
        }
        throw new ConfigRejected(path, "expected a string, got " + value);
    }
}
