package io.layar.base;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations as the Istio API writes them: {@code 1h30m}, {@code 1.5s}, {@code -10ms}.
 *
 * <p>Shape: an optional sign, then numbers each with a unit of {@code h m s ms us µs ns}; or a bare {@code 0}. Units: at
 * most 2⁶³-1 nanoseconds. Source: Go's {@code time.ParseDuration}.
 */
public final class GoDuration {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** The duration, or null if the text is none. */
    public static @Nullable Duration parse(String text) {
        boolean negative = text.startsWith("-");
        var rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            return null;
        }
        var nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int unitAt = endOfNumber(rest, at);
            int end = endOfUnit(rest, unitAt);
            long unit = nanosOf(rest.substring(unitAt, end));
            var number = number(rest.substring(at, unitAt));
            if (unit == 0 || number == null) {
                return null;
            }
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.DOWN));
            if (nanos.compareTo(LONGEST) > 0) {
                return null;
            }
            at = end;
        }
        return Duration.ofNanos(negative ? -nanos.longValueExact() : nanos.longValueExact());
    }

    /** The text that Go prints: {@code 1h2m0s}, {@code 1.5s}, {@code 10ms}, {@code 0s}. */
    public static String print(Duration duration) {
        long total = duration.toNanos();
        if (total == 0) {
            return "0s";
        }
        var sign = total < 0 ? "-" : "";
        long nanos = Math.abs(total);
        if (nanos < 1_000) {
            return sign + nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return sign + decimal(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return sign + decimal(nanos, 6) + "ms";
        }
        long minutes = nanos / 60_000_000_000L;
        var seconds = decimal(nanos % 60_000_000_000L, 9) + "s";
        if (minutes == 0) {
            return sign + seconds;
        }
        return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, int scale) {
        var text = BigDecimal.valueOf(value, scale);
        return text.signum() == 0 ? "0" : text.stripTrailingZeros().toPlainString();
    }

    private static int endOfNumber(String text, int at) {
        int end = at;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private static int endOfUnit(String text, int at) {
        int end = at;
        while (end < text.length() && !isDigit(text.charAt(end)) && text.charAt(end) != '.') {
            end++;
        }
        return end;
    }

    private static @Nullable BigDecimal number(String digits) {
        int dot = digits.indexOf('.');
        boolean oneDot = dot == digits.lastIndexOf('.');
        boolean hasDigit = !digits.isEmpty() && !digits.equals(".");
        if (!oneDot || !hasDigit || digits.length() > 64) {
            return null;
        }
        var padded = dot < 0 ? digits : "0" + digits + "0";
        return new BigDecimal(padded);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0;
        };
    }
}
