package io.layar.proxy.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, numbers and booleans.
 *
 * <p>Shape: objects become {@link LinkedHashMap}, arrays {@link ArrayList}; whole numbers {@link Long}, others {@link Double}; a whole number beyond 64 bits
 * stays a {@link Double}. Errors: {@link ConfigRejected} that names line and column. Nesting is limited to 200.
 */
public final class JsonText {
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    public static @Nullable Object parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.error("Expected end of input");
        }
        return value;
    }

    private @Nullable Object value() {
        blanks();
        if (at >= text.length()) {
            throw error("Unexpected end of input");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        enter();
        if (skip('}')) {
            depth--;
            return object;
        }
        do {
            blanks();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw error("Expected a string as key");
            }
            String key = string();
            if (!skip(':')) {
                throw error("Expected ':'");
            }
            if (object.containsKey(key)) {
                throw error("Duplicate key '" + key + "'");
            }
            object.put(key, value());
        } while (skip(','));
        leave('}');
        return object;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        enter();
        if (skip(']')) {
            depth--;
            return array;
        }
        do {
            array.add(value());
        } while (skip(','));
        leave(']');
        return array;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw error("Nested too deeply");
        }
    }

    private void leave(char end) {
        if (!skip(end)) {
            throw error("Expected ',' or '" + end + "'");
        }
        depth--;
    }

    private String string() {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            at++;
        }
        throw error("Unterminated string");
    }

    private String escapedString(int start) {
        StringBuilder value = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escape() : c);
        }
        throw error("Unterminated string");
    }

    private char escape() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("Invalid escape");
        };
    }

    private char unicode() {
        try {
            char c = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return c;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw error("Invalid \\u escape");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw error("Unexpected token");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        try {
            boolean whole = number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
            if (whole && number.length() < 19) {
                return Long.parseLong(number);
            }
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            at = start;
            throw error("Unexpected token");
        }
    }

    private boolean skip(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private ConfigRejected error(String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new ConfigRejected(
                "", "JSON parse error at line " + line + ", column " + (at - lineStart + 1) + ": " + what);
    }
}
