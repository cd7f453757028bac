package io.layar.config.yaml;

import io.layar.base.SourcePosition;

/** Values to YAML text in block style, two spaces a level. Law: reading the text gives an equal value. */
public final class YamlWriter {
    private static final String SPECIAL = "-?:,[]{}#&*!|>'\"%@`";

    private YamlWriter() {}

    public static String write(Value value) {
        var text = new StringBuilder();
        block(value, 0, text);
        return text.toString();
    }

    private static void block(Value value, int indent, StringBuilder text) {
        switch (value) {
            case Value.Obj object
            when !object.fields().isEmpty() -> {
                boolean first = true;
                for (var field : object.fields().entrySet()) {
                    first = indent(text, indent, first);
                    text.append(word(field.getKey())).append(':');
                    child(field.getValue(), indent, text);
                }
            }
            case Value.Arr list
            when !list.items().isEmpty() -> {
                boolean first = true;
                for (var item : list.items()) {
                    first = indent(text, indent, first);
                    text.append("- ");
                    block(item, indent + 1, text);
                }
            }
            default -> text.append(scalar(value)).append('\n');
        }
    }

    /** The first line of a block continues the line that it is in. */
    private static boolean indent(StringBuilder text, int indent, boolean first) {
        boolean continues = first && !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        if (!continues) {
            text.append("  ".repeat(indent));
        }
        return false;
    }

    private static void child(Value value, int indent, StringBuilder text) {
        boolean nested = value instanceof Value.Obj(var fields, var _, var _) && !fields.isEmpty();
        boolean list = value instanceof Value.Arr(var items, var _) && !items.isEmpty();
        text.append(nested || list ? '\n' : ' ');
        block(value, nested ? indent + 1 : indent, text);
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Str(var text, var _) -> word(text);
            case Value.Num(var literal, var _) -> literal;
            case Value.Bool(var bool, var _) -> Boolean.toString(bool);
            case Value.Null _ -> "null";
            case Value.Obj _ -> "{}";
            case Value.Arr _ -> "[]";
        };
    }

    private static String word(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()
                || SPECIAL.indexOf(text.charAt(0)) >= 0
                || text.equals("<<")
                || text.equals("=")
                || text.startsWith("...")
                || text.charAt(text.length() - 1) == ':') {
            return false;
        }
        if (!(Scalars.plain(text, SourcePosition.NOWHERE) instanceof Value.Str)) {
            return false;
        }
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        return printable
                && !text.contains(": ")
                && !text.contains(" #")
                && text.strip().equals(text);
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
                    out.append(control ? "\\u%04x".formatted((int) c) : String.valueOf(c));
                }
            }
        }
        return out.append('"').toString();
    }
}
