package io.layar.xdsgen.json;

import java.util.List;
import java.util.Map;

/** A tree as JSON text. Shape: two spaces of indentation, keys in the map's order, a line feed at the end. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder(1 << 14);

    private JsonText() {}

    public static String pretty(Object tree) {
        JsonText text = new JsonText();
        text.write(tree, 0);
        return text.out.append('\n').toString();
    }

    /** The same on one line without spaces. */
    public static String compact(Object tree) {
        JsonText text = new JsonText();
        text.write(tree, Integer.MIN_VALUE);
        return text.out.toString();
    }

    private void write(Object value, int depth) {
        switch (value) {
            case Map<?, ?> map -> writeMap(map, depth);
            case List<?> list -> writeList(list, depth);
            case String text -> writeString(text);
            case Double number -> writeNumber(number);
            case Float number -> writeNumber(Double.parseDouble(number.toString()));
            default -> out.append(JsonTree.isNull(value) ? "null" : value.toString());
        }
    }

    private void writeMap(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            line(depth + 1);
            writeString((String) entry.getKey());
            out.append(depth < 0 ? ":" : ": ");
            write(entry.getValue(), depth + 1);
            separator = ',';
        }
        line(depth);
        out.append('}');
    }

    private void writeList(List<?> list, int depth) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        char separator = '[';
        for (Object item : list) {
            out.append(separator);
            line(depth + 1);
            write(item, depth + 1);
            separator = ',';
        }
        line(depth);
        out.append(']');
    }

    private void line(int depth) {
        if (depth >= 0) {
            out.append('\n').repeat(' ', depth * 2);
        }
    }

    private void writeNumber(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            writeString(Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.append((long) number);
        } else {
            out.append(number);
        }
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
