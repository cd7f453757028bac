package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON text within configuration into the plain values of {@link Metadata}. */
public final class JsonReader {
    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Errors: {@link ConfigRejected} for anything that is no JSON. */
    public static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw reader.wrong();
        }
        return value;
    }

    private Object value() {
        blanks();
        if (at >= text.length() || ++depth > MAX_DEPTH) {
            throw wrong();
        }
        Object value = switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", Metadata.NULL);
            default -> number();
        };
        depth--;
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (!closes('}', map.isEmpty())) {
            blanks();
            String name = string();
            expect(':');
            map.put(name, value());
        }
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        at++;
        while (!closes(']', list.isEmpty())) {
            list.add(value());
        }
        return list;
    }

    private boolean closes(char end, boolean first) {
        blanks();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return out.toString();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw wrong();
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong();
                }
                at += 4;
                try {
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                } catch (NumberFormatException _) {
                    throw wrong();
                }
            }
            case '"', '\\', '/' -> c;
            default -> throw wrong();
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return value;
    }

    private Double number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.valueOf(text.substring(from, at));
        } catch (NumberFormatException _) {
            throw wrong();
        }
    }

    private void expect(char c) {
        blanks();
        if (at >= text.length() || text.charAt(at) != c) {
            throw wrong();
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private ConfigRejected wrong() {
        return new ConfigRejected("", "invalid JSON at position " + at + ": " + text);
    }
}
