package io.layar.config.decode;

import com.google.common.collect.ImmutableMap;
import io.layar.base.Problem;
import io.layar.config.decode.RecordSchema.Component;
import io.layar.config.yaml.Value;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message: a record whose components are its fields. */
record MessageType(Class<? extends Record> type) implements FieldType {
    @Override
    public @Nullable Object absent() {
        return null;
    }

    @Override
    public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
        if (!(value instanceof Value.Obj object)) {
            return decoding.wrongType(value, path, "object");
        }
        var schema = RecordSchema.of(type);
        var values = schema.defaults();
        var given = new String[values.length];
        object.fields().forEach((name, field) -> {
            var component = schema.find(name, decoding.dialect().originalNames());
            if (component == null) {
                unknown(decoding, object, name, path, schema);
            } else if (given[component.index()] != null) {
                twice(decoding, object, name, given[component.index()], path);
            } else {
                given[component.index()] = name;
                set(decoding, values, component, field, path.field(name));
            }
        });
        checkRequired(decoding, schema, object, given, path);
        checkOneOfs(decoding, schema, object, given, path);
        return schema.construct(values);
    }

    private static void set(
            Decoding decoding, @Nullable Object[] values, Component component, Value field, FieldPath path) {
        if (field instanceof Value.Null && !(component.type() instanceof StructTypes.Any)) {
            return;
        }
        int before = decoding.problems().size();
        var content = component.type().read(decoding, field, path);
        if (content != null) {
            values[component.index()] = content;
            if (decoding.dialect() == Dialect.ISTIO && decoding.problems().size() == before) {
                component.limits().check(decoding, content, field, path);
            }
        }
    }

    private static void unknown(Decoding decoding, Value.Obj object, String name, FieldPath path, RecordSchema schema) {
        if (decoding.dialect().unknownFields() == Dialect.Unknown.QUIET) {
            return;
        }
        var names = schema.components().stream().map(Component::name).toList();
        var close = Suggestion.closest(name, names);
        var message = "unknown field"
                + (close != null
                        ? Suggestion.sentence(close)
                        : names.isEmpty()
                                ? " (expected: none)"
                                : " (expected: one of " + String.join(", ", names) + ")");
        var at = object.keyAt(name);
        var where = path.field(name).toString();
        decoding.problems()
                .add(
                        decoding.dialect().unknownFields() == Dialect.Unknown.ERROR
                                ? Problem.error("unknown-field", where, at, message)
                                : Problem.warning("unknown-field", where, at, message));
    }

    private static void twice(Decoding decoding, Value.Obj object, String name, String first, FieldPath path) {
        decoding.problems()
                .add(Problem.error(
                        "duplicate-key",
                        path.field(name).toString(),
                        object.keyAt(name),
                        "the same field as \"%s\", given twice".formatted(first)));
    }

    private static void checkRequired(
            Decoding decoding, RecordSchema schema, Value.Obj object, String[] given, FieldPath path) {
        if (decoding.dialect() != Dialect.ISTIO) {
            return;
        }
        for (var component : schema.components()) {
            if (component.limits().required() && given[component.index()] == null) {
                decoding.wrong(
                        "missing-field",
                        object,
                        path.field(component.name()),
                        "missing (expected: a value is required)");
            }
        }
    }

    private static void checkOneOfs(
            Decoding decoding, RecordSchema schema, Value.Obj object, String[] given, FieldPath path) {
        for (var group : schema.oneOfs().asMap().entrySet()) {
            var members = new ArrayList<String>();
            for (var component : group.getValue()) {
                var name = given[component.index()];
                if (name != null && !(object.get(name) instanceof Value.Null)) {
                    members.add(name);
                }
            }
            if (members.size() > 1) {
                decoding.problems()
                        .add(Problem.error(
                                "one-of",
                                path.toString(),
                                object.keyAt(members.get(1)),
                                "%s are all given (expected: at most one of them)"
                                        .formatted(String.join(", ", members))));
            }
        }
    }

    /** Shape: fields that are not set are left out. */
    @Override
    public Value write(Object content) {
        var schema = RecordSchema.of(type);
        var fields = ImmutableMap.<String, Value>builder();
        for (var component : schema.components()) {
            var value = schema.value(component, (Record) content);
            if (value != null && !Objects.equals(value, component.type().absent())) {
                fields.put(component.name(), component.type().write(value));
            }
        }
        return Value.Obj.of(fields.buildOrThrow());
    }
}
