package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A date format of {@code strftime}, with Envoy's fractions: {@code %3f} milliseconds, {@code %E3S} seconds with them, {@code %s}
 * seconds since 1970.
 *
 * <p>What does not change within a second is kept for the next call. Thread: any (the kept value is immutable, a race only loses it).
 */
final class DatePattern {
    /** {@code 2026-01-31T12:00:00.123Z}. */
    static final String DEFAULT = "%Y-%m-%dT%H:%M:%E3SZ";

    private final List<Piece> pieces;
    private final ZoneId zone;
    private Kept kept = new Kept(Long.MIN_VALUE, List.of());

    private DatePattern(List<Piece> pieces, ZoneId zone) {
        this.pieces = pieces;
        this.zone = zone;
    }

    /** Pieces with equal text throughout one second; a fraction piece has only its digits. */
    private sealed interface Piece {
        record Fraction(int digits) implements Piece {}

        record Seconds() implements Piece {}

        record Literal(String text) implements Piece {}

        record Field(DateTimeFormatter formatter) implements Piece {}
    }

    private record Kept(long second, List<String> texts) {}

    static DatePattern compile(String format, boolean local) {
        ZoneId zone = local ? ZoneId.systemDefault() : ZoneOffset.UTC;
        return new DatePattern(new Parser(format.isEmpty() ? DEFAULT : format).parse(), zone);
    }

    void write(Instant time, StringBuilder out) {
        Kept current = kept;
        if (current.second != time.getEpochSecond()) {
            current = new Kept(time.getEpochSecond(), texts(time));
            kept = current;
        }
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Piece.Fraction(int digits)) {
                fraction(time.getNano(), digits, out);
            } else {
                out.append(current.texts.get(i));
            }
        }
    }

    private List<String> texts(Instant time) {
        ZonedDateTime at = time.atZone(zone);
        List<String> texts = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            texts.add(
                    switch (piece) {
                        case Piece.Literal(String text) -> text;
                        case Piece.Field(DateTimeFormatter formatter) -> formatter.format(at);
                        case Piece.Seconds _ -> Long.toString(time.getEpochSecond());
                        case Piece.Fraction _ -> "";
                    });
        }
        return texts;
    }

    private static void fraction(int nanos, int digits, StringBuilder out) {
        int rest = nanos;
        for (int i = 0, unit = 100_000_000; i < digits; i++, unit /= 10) {
            out.append((char) ('0' + rest / unit));
            rest %= unit;
        }
    }

    private static final class Parser {
        private final String format;
        private final List<Piece> pieces = new ArrayList<>();
        private int at;

        Parser(String format) {
            this.format = format;
        }

        List<Piece> parse() {
            while (at < format.length()) {
                char c = format.charAt(at++);
                if (c == '%' && at < format.length()) {
                    directive();
                } else {
                    literal(String.valueOf(c));
                }
            }
            return List.copyOf(pieces);
        }

        private void directive() {
            char c = format.charAt(at++);
            if (c == 'E' && at + 1 < format.length() && format.charAt(at + 1) == 'S') {
                int digits = format.charAt(at) == '*' ? 9 : format.charAt(at) - '0';
                at += 2;
                field("ss");
                literal(".");
                pieces.add(new Piece.Fraction(digits));
            } else if (c >= '1' && c <= '9' && at < format.length() && format.charAt(at) == 'f') {
                at++;
                pieces.add(new Piece.Fraction(c - '0'));
            } else if (c == 'f') {
                pieces.add(new Piece.Fraction(9));
            } else if (c == 's') {
                pieces.add(new Piece.Seconds());
            } else {
                simple(c);
            }
        }

        private void simple(char c) {
            switch (c) {
                case 'Y' -> field("uuuu");
                case 'y' -> field("uu");
                case 'm' -> field("MM");
                case 'd' -> field("dd");
                case 'e' -> field("ppd");
                case 'H' -> field("HH");
                case 'I' -> field("hh");
                case 'M' -> field("mm");
                case 'S' -> field("ss");
                case 'p' -> field("a");
                case 'b', 'h' -> field("MMM");
                case 'B' -> field("MMMM");
                case 'a' -> field("EEE");
                case 'A' -> field("EEEE");
                case 'j' -> field("DDD");
                case 'u' -> field("e");
                case 'z' -> field("xx");
                case 'Z' -> field("zzz");
                case 'T' -> field("HH:mm:ss");
                case 'D' -> field("MM/dd/uu");
                case 'F' -> field("uuuu-MM-dd");
                case 'R' -> field("HH:mm");
                case 'n' -> literal("\n");
                case 't' -> literal("\t");
                case '%' -> literal("%");
                default -> throw new ConfigRejected("", "Invalid time format: " + format);
            }
        }

        private void field(String pattern) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            pieces.add(
                    pattern.equals("zzz")
                            ? new Piece.Field(new java.time.format.DateTimeFormatterBuilder()
                                    .appendZoneText(TextStyle.SHORT)
                                    .toFormatter(Locale.ENGLISH))
                            : new Piece.Field(formatter));
        }

        private void literal(String text) {
            pieces.add(new Piece.Literal(text));
        }
    }
}
