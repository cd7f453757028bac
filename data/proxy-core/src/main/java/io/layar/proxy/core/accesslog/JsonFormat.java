package io.layar.proxy.core.accesslog;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A JSON format, compiled: a template whose strings are format strings.
 *
 * <p>A string that is one operator keeps that operator's type (number, tree, null when absent); any other is text.
 * Order: properties by name. Thread: any (immutable).
 */
public final class JsonFormat {
    private final Node root;

    private JsonFormat(Node root) {
        this.root = root;
    }

    /** Compiles a template; with {@code omitEmpty} properties without a value are left out. */
    public static JsonFormat compile(Struct template, boolean omitEmpty, FormatFacts facts) {
        return new JsonFormat(map(template, omitEmpty, facts));
    }

    public void write(LogInput in, StringBuilder out) {
        root.write(in, out);
    }

    private sealed interface Node {
        /** Appends the value; false when it is to be left out (nothing is appended then). */
        boolean write(LogInput in, StringBuilder out);
    }

    private record Fixed(String json) implements Node {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            out.append(json);
            return true;
        }
    }

    private record Single(Operator operator, boolean omitEmpty) implements Node {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            boolean present = operator instanceof Operator.Tree tree ? tree(tree, in, out) : scalar(in, out);
            if (!present && !omitEmpty) {
                out.append("null");
                return true;
            }
            return present;
        }

        private static boolean tree(Operator.Tree tree, LogInput in, StringBuilder out) {
            Object value = tree.value(in);
            if (value != null) {
                JsonText.value(out, value);
            }
            return value != null;
        }

        private boolean scalar(LogInput in, StringBuilder out) {
            if (operator instanceof Operator.Number) {
                return operator.write(in, out);
            }
            int from = out.length();
            out.append('"');
            if (!operator.write(in, out)) {
                out.setLength(from);
                return false;
            }
            JsonText.escapeFrom(out, from + 1);
            out.append('"');
            return true;
        }
    }

    private record Joined(TextFormat format) implements Node {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            out.append('"');
            int from = out.length();
            format.write(in, out);
            JsonText.escapeFrom(out, from);
            out.append('"');
            return true;
        }
    }

    private record Property(String prefix, Node value) {}

    private record Properties(List<Property> all) implements Node {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            out.append('{');
            boolean first = true;
            for (Property property : all) {
                int before = out.length();
                if (!first) {
                    out.append(',');
                }
                out.append(property.prefix);
                if (property.value.write(in, out)) {
                    first = false;
                } else {
                    out.setLength(before);
                }
            }
            out.append('}');
            return true;
        }
    }

    private record Elements(List<Node> all) implements Node {
        @Override
        public boolean write(LogInput in, StringBuilder out) {
            out.append('[');
            boolean first = true;
            for (Node node : all) {
                int before = out.length();
                if (!first) {
                    out.append(',');
                }
                if (node.write(in, out)) {
                    first = false;
                } else {
                    out.setLength(before);
                }
            }
            out.append(']');
            return true;
        }
    }

    private static Node map(Struct struct, boolean omitEmpty, FormatFacts facts) {
        List<Property> properties = new ArrayList<>();
        new TreeMap<>(struct.getFieldsMap()).forEach((name, value) -> {
            StringBuilder prefix = new StringBuilder();
            JsonText.string(prefix, FormatParser.bytes(name));
            properties.add(new Property(prefix.append(':').toString(), node(value, omitEmpty, facts)));
        });
        return new Properties(List.copyOf(properties));
    }

    private static Node node(Value value, boolean omitEmpty, FormatFacts facts) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> text(value.getStringValue(), omitEmpty, facts);
            case NUMBER_VALUE -> {
                StringBuilder number = new StringBuilder();
                JsonText.number(number, value.getNumberValue());
                yield new Fixed(number.toString());
            }
            case BOOL_VALUE -> new Fixed(Boolean.toString(value.getBoolValue()));
            case STRUCT_VALUE -> map(value.getStructValue(), omitEmpty, facts);
            case LIST_VALUE ->
                new Elements(value.getListValue().getValuesList().stream()
                        .map(element -> node(element, omitEmpty, facts))
                        .toList());
            case NULL_VALUE, KIND_NOT_SET -> new Fixed("null");
        };
    }

    private static Node text(String format, boolean omitEmpty, FormatFacts facts) {
        List<Operator> parts = FormatParser.parse(format, facts);
        return parts.size() == 1 && !(parts.getFirst() instanceof Operator.Literal)
                ? new Single(parts.getFirst(), omitEmpty)
                : new Joined(TextFormat.compile(format, omitEmpty, facts));
    }
}
