package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a format string into literals and operators.
 *
 * <p>Shape: {@code %NAME%}, {@code %NAME(argument)%}, {@code %NAME(argument):length%}; {@code %%} is a per cent sign.
 */
final class FormatParser {
    private final String text;
    private final Commands commands;
    private final List<Operator> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private FormatParser(String text, Commands commands) {
        this.text = text;
        this.commands = commands;
    }

    /** Errors: {@link ConfigRejected} for an unknown operator or a wrong argument. */
    static List<Operator> parse(String text, FormatFacts facts) {
        return new FormatParser(bytes(text), new Commands(facts)).parse();
    }

    /** Text of configuration as it goes out: its UTF-8 bytes, one char each. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private List<Operator> parse() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                literal.append(c);
                at++;
            } else if (text.startsWith("%%", at)) {
                literal.append('%');
                at += 2;
            } else {
                at = operator(at + 1);
            }
        }
        flush();
        return List.copyOf(parts);
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Operator.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private int operator(int from) {
        int at = from;
        while (at < text.length() && isNameChar(text.charAt(at))) {
            at++;
        }
        String name = text.substring(from, at);
        String argument = "";
        if (at < text.length() && text.charAt(at) == '(') {
            int end = closing(at);
            argument = text.substring(at + 1, end);
            at = end + 1;
        }
        int length = -1;
        if (at < text.length() && text.charAt(at) == ':') {
            int digits = at + 1;
            at = digits;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            length = at == digits ? -1 : Integer.parseInt(text.substring(digits, at));
        }
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '%') {
            throw new ConfigRejected(
                    "", "Incorrect configuration: " + text + ". Couldn't find valid command at position " + (from - 1));
        }
        flush();
        parts.add(commands.compile(name, argument, length));
        return at + 1;
    }

    /** The bracket that ends the argument: the last one before {@code %} or {@code :length%}, so that arguments may hold brackets. */
    private int closing(int open) {
        for (int at = text.indexOf(')', open); at >= 0; at = text.indexOf(')', at + 1)) {
            int after = at + 1;
            if (after < text.length() && text.charAt(after) == ':') {
                after++;
                while (after < text.length() && Character.isDigit(text.charAt(after))) {
                    after++;
                }
            }
            if (after < text.length() && text.charAt(after) == '%') {
                return at;
            }
        }
        throw new ConfigRejected(
                "", "Incorrect configuration: " + text + ". Couldn't find valid command at position " + open);
    }

    private static boolean isNameChar(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
