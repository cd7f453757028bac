package io.layar.config.yaml;

import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import io.layar.base.SourcePosition;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted word means, by the rules of the YAML that Kubernetes reads (1.1 with changes): {@code yes}, {@code on}
 * and {@code n} are booleans, {@code 0777} is octal, {@code 1_000} is a number, dates are strings.
 */
final class Scalars {
    private static final ImmutableSet<String> TRUE =
            ImmutableSet.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final ImmutableSet<String> FALSE =
            ImmutableSet.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final ImmutableSet<String> NULL = ImmutableSet.of("", "~", "null", "Null", "NULL");
    private static final ImmutableSet<String> NOT_FINITE = ImmutableSet.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    /** Beyond this many characters a word is no number that anything could hold. */
    private static final int LONGEST_NUMBER = 400;

    private Scalars() {}

    /** The value of a plain word. Errors: null for numbers that are not finite, which JSON cannot say. */
    static @Nullable Value plain(String word, SourcePosition at) {
        if (NULL.contains(word)) {
            return new Value.Null(at);
        }
        if (TRUE.contains(word)) {
            return new Value.Bool(true, at);
        }
        if (FALSE.contains(word)) {
            return new Value.Bool(false, at);
        }
        if (NOT_FINITE.contains(word)) {
            return null;
        }
        var number = number(word);
        if (number == null) {
            return new Value.Str(word, at);
        }
        return new Value.Num(number, at);
    }

    /** The JSON text of a number, or null if the word is none. */
    private static @Nullable String number(String word) {
        char first = word.charAt(0);
        boolean digit = first >= '0' && first <= '9';
        if ((!digit && first != '-' && first != '+' && first != '.') || word.length() > LONGEST_NUMBER) {
            return null;
        }
        if (first == '.') {
            return FLOAT.matches(word) ? decimal(word) : null;
        }
        if (DATE.matches(word)) {
            return null;
        }
        var plain = word.replace("_", "");
        var integer = integer(plain);
        if (integer != null) {
            return integer.toString();
        }
        return FLOAT.matches(plain) ? decimal(plain) : null;
    }

    private static @Nullable BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 0;
            };
            digits = digits.substring(radix == 0 ? 1 : 2);
            radix = radix == 0 ? 8 : radix;
        }
        if (!isDigits(digits, radix)) {
            return null;
        }
        var value = new BigInteger(digits, radix);
        value = negative ? value.negate() : value;
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0 ? value : null;
    }

    private static boolean isDigits(String text, int radix) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    }

    /** The shortest digits of a double, in the form that Go's JSON has; null if it is too large for one. */
    private static @Nullable String decimal(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return null;
        }
        double size = Math.abs(value);
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (value == 0 || (size >= 1e-6 && size < 1e21)) {
            return value == 0 ? "0" : digits.toPlainString();
        }
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.scaleByPowerOfTen(-exponent).toPlainString() + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
}
