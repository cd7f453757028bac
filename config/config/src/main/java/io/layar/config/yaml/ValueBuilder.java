package io.layar.config.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Parser events of one document to values: aliases, merge keys, keys that are no strings, and the limits.
 *
 * <p>Errors: repeated and impossible keys are collected; what cannot go on is {@link Refused}.
 */
final class ValueBuilder {
    private static final String TAG = "tag:yaml.org,2002:";

    private final String file;
    private final int firstLine;
    private final YamlLimits limits;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final List<Value> values = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private SourcePosition reached;
    private long count;
    private int depth;

    /** An anchored value and how many values it is made of; no value while it is still being read. */
    private record Anchored(@Nullable Value value, long size) {}

    /** The document cannot be used. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    ValueBuilder(String file, int firstLine, YamlLimits limits) {
        this.file = file;
        this.firstLine = firstLine;
        this.limits = limits;
        this.reached = new SourcePosition(file, firstLine + 1, 1);
    }

    /** Where the last value begins that was looked at. */
    SourcePosition reached() {
        return reached;
    }

    List<Value> values() {
        return values;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Reads to the end of the stream. */
    void build(Iterator<Event> events) {
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof NodeEvent node) {
                var value = value(node, events);
                if (!(value instanceof Value.Null)) {
                    values.add(value);
                }
                anchors.clear();
                count = 0;
            }
        }
    }

    private Value value(NodeEvent event, Iterator<Event> events) {
        var at = position(event);
        reached = at;
        if (event instanceof AliasEvent alias) {
            return alias(alias, at);
        }
        long before = count;
        spend(1, at);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(null, 0)));
        var value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at);
            case SequenceStartEvent _ -> nested(at, () -> list(events, at));
            case MappingStartEvent start -> nested(at, () -> object(start, events, at));
            default -> throw new IllegalStateException(event.toString());
        };
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, count - before)));
        return value;
    }

    private Value nested(SourcePosition at, Supplier<Value> content) {
        if (++depth > limits.depth()) {
            throw refused(at, "nested deeper than %d levels".formatted(limits.depth()));
        }
        var value = content.get();
        depth--;
        return value;
    }

    private Value alias(AliasEvent event, SourcePosition at) {
        var anchor = event.getAnchor().orElseThrow();
        var target = anchors.get(anchor);
        if (target == null) {
            throw refused(at, "alias *%s has no anchor".formatted(anchor.getValue()));
        }
        if (target.value == null) {
            throw refused(at, "alias *%s contains itself".formatted(anchor.getValue()));
        }
        spend(target.size, at);
        return target.value;
    }

    private void spend(long size, SourcePosition at) {
        count += size;
        if (count > limits.documentValues()) {
            throw refused(
                    at,
                    "the document has more than %d values with its aliases written out"
                            .formatted(limits.documentValues()));
        }
    }

    private Value list(Iterator<Event> events, SourcePosition at) {
        var items = ImmutableList.<Value>builder();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(value((NodeEvent) event, events));
        }
        return new Value.Arr(items.build(), at);
    }

    private Value object(MappingStartEvent start, Iterator<Event> events, SourcePosition at) {
        var fields = new LinkedHashMap<String, Value>();
        var keys = new HashMap<String, SourcePosition>();
        var merged = new ArrayList<Value>();
        var end = events.next();
        for (; !(end instanceof MappingEndEvent); end = events.next()) {
            var keyEvent = (NodeEvent) end;
            boolean merge = isMerge(keyEvent);
            var key = value(keyEvent, events);
            var name = key(key);
            var value = value((NodeEvent) events.next(), events);
            if (merge) {
                merged.add(value);
            } else if (name != null && fields.putIfAbsent(name, value) == null) {
                keys.put(name, key.at());
            } else if (name != null) {
                problems.add(Problem.error(
                        "duplicate-key",
                        "",
                        key.at(),
                        "key \"%s\" is given twice (first at line %d)".formatted(name, line(keys, name))));
            }
        }
        merged.forEach(value -> merge(value, fields, keys));
        if (isWordEndingInColon(start, fields, keys, end)) {
            return new Value.Str(fields.keySet().iterator().next() + ":", at);
        }
        return new Value.Obj(ImmutableMap.copyOf(fields), ImmutableMap.copyOf(keys), at);
    }

    /**
     * In {@code [2001:db8::]} the parser finds a pair without a value; Kubernetes reads a word, as no space follows the
     * colon.
     */
    private boolean isWordEndingInColon(
            MappingStartEvent start, Map<String, Value> fields, Map<String, SourcePosition> keys, Event end) {
        if (!start.isFlow() || fields.size() != 1) {
            return false;
        }
        var field = fields.entrySet().iterator().next();
        return field.getValue() instanceof Value.Null(var at)
                && position(start).equals(keys.get(field.getKey()))
                && at.equals(position(end));
    }

    private static int line(Map<String, SourcePosition> keys, String name) {
        var first = keys.get(name);
        return first == null ? 0 : first.line();
    }

    private static boolean isMerge(NodeEvent key) {
        return key instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().equals("<<");
    }

    /** What is written beside a merge key wins over what is merged; of several, the first wins. */
    private void merge(Value value, Map<String, Value> fields, Map<String, SourcePosition> keys) {
        switch (value) {
            case Value.Obj object ->
                object.fields().forEach((name, field) -> {
                    if (fields.putIfAbsent(name, field) == null) {
                        keys.put(name, object.keyAt(name));
                    }
                });
            case Value.Arr list ->
                list.items().forEach(item -> {
                    if (item instanceof Value.Obj) {
                        merge(item, fields, keys);
                    } else {
                        problems.add(wrongMerge(item));
                    }
                });
            default -> problems.add(wrongMerge(value));
        }
    }

    private static Problem wrongMerge(Value value) {
        return Problem.error(
                "malformed-yaml", "", value.at(), "<<: %s (expected: an object to merge)".formatted(value.typeName()));
    }

    private @Nullable String key(Value key) {
        var name = switch (key) {
            case Value.Str text -> text.value();
            case Value.Num number -> number.literal();
            case Value.Bool bool -> Boolean.toString(bool.value());
            case Value.Null _, Value.Arr _, Value.Obj _ -> null;
        };
        if (name == null) {
            problems.add(Problem.error(
                    "malformed-yaml", "", key.at(), "a key is a %s (expected: a string)".formatted(key.typeName())));
        }
        return name;
    }

    private Value scalar(ScalarEvent event, SourcePosition at) {
        var text = event.getValue();
        var tag = event.getTag().orElse("");
        if (tag.equals(TAG + "binary")) {
            return binary(text, at);
        }
        boolean quoted = !event.isPlain();
        boolean typed = tag.equals(TAG + "bool")
                || tag.equals(TAG + "int")
                || tag.equals(TAG + "float")
                || tag.equals(TAG + "null");
        if (!typed && (quoted || !tag.isEmpty())) {
            return new Value.Str(text, at);
        }
        var value = Scalars.plain(text, at);
        if (value == null) {
            throw refused(at, "the number %s cannot be represented".formatted(text));
        }
        if (typed && !tag.equals(TAG + tagName(value)) && !(tag.equals(TAG + "float") && value instanceof Value.Num)) {
            throw refused(at, "\"%s\" is no %s".formatted(text, tag.substring(TAG.length())));
        }
        return value;
    }

    private static String tagName(Value value) {
        return switch (value) {
            case Value.Bool _ -> "bool";
            case Value.Num _ -> "int";
            case Value.Null _ -> "null";
            case Value.Str _, Value.Arr _, Value.Obj _ -> "str";
        };
    }

    private Value binary(String text, SourcePosition at) {
        try {
            var bytes = BaseEncoding.base64().decode(text.replaceAll("\\s", ""));
            return new Value.Str(new String(bytes, StandardCharsets.UTF_8), at);
        } catch (IllegalArgumentException malformed) {
            throw refused(at, "!!binary: " + malformed.getMessage());
        }
    }

    private SourcePosition position(Event event) {
        return event.getStartMark()
                .map(mark -> new SourcePosition(file, firstLine + mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new SourcePosition(file, firstLine + 1, 1));
    }

    private static Refused refused(SourcePosition at, String message) {
        return new Refused(Problem.error("malformed-yaml", "", at, message));
    }
}
