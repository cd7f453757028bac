package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import java.util.Map;

/** JSON as access logs write it: no blanks, escapes only where they are needed. */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Appends a quoted string. */
    public static void string(StringBuilder out, String text) {
        out.append('"');
        int from = out.length();
        out.append(text);
        escapeFrom(out, from);
        out.append('"');
    }

    /** Escapes what was appended since {@code from}; in the usual case nothing moves. */
    static void escapeFrom(StringBuilder out, int from) {
        for (int i = from; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                String tail = out.substring(i);
                out.setLength(i);
                escape(out, tail);
                return;
            }
        }
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    /** Appends a value of {@link Metadata}. */
    public static void value(StringBuilder out, Object value) {
        switch (value) {
            case String text -> string(out, text);
            case Double number -> number(out, number);
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator);
                    string(out, String.valueOf(entry.getKey()));
                    out.append(':');
                    value(out, entry.getValue());
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    out.append(separator);
                    value(out, element);
                    separator = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            default -> out.append(value == Metadata.NULL ? "null" : value.toString());
        }
    }

    /** Whole numbers without a fraction. */
    static void number(StringBuilder out, double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.append((long) number);
        } else {
            out.append(number);
        }
    }
}
