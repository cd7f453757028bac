package io.layar.config.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of a message, read off its record once. Thread: any (immutable). */
final class RecordSchema {
    private static final ClassValue<RecordSchema> SCHEMAS = new ClassValue<>() {
        @Override
        protected RecordSchema computeValue(Class<?> type) {
            return new RecordSchema(type);
        }
    };

    private final ImmutableList<Component> components;
    private final ImmutableMap<String, Component> byName;
    private final ImmutableMap<String, Integer> indexes;
    private final ImmutableListMultimap<String, Component> oneOfs;
    private final MethodHandle constructor;

    /** A field: its JSON name, its place among the constructor's parameters, its type. */
    record Component(String name, int index, FieldType type, FieldLimits limits, String oneOf, MethodHandle accessor) {}

    private RecordSchema(Class<?> type) {
        var parts = type.getRecordComponents();
        var all = ImmutableList.<Component>builder();
        var names = ImmutableMap.<String, Integer>builder();
        for (int i = 0; i < parts.length; i++) {
            all.add(component(parts[i], i));
            names.put(parts[i].getName(), i);
        }
        components = all.build();
        indexes = names.buildOrThrow();
        byName = components.stream().collect(ImmutableMap.toImmutableMap(Component::name, component -> component));
        oneOfs = components.stream()
                .filter(component -> !component.oneOf.isEmpty())
                .collect(ImmutableListMultimap.toImmutableListMultimap(Component::oneOf, component -> component));
        constructor = constructor(type, parts);
    }

    static RecordSchema of(Class<?> type) {
        return SCHEMAS.get(type);
    }

    private static Component component(RecordComponent part, int index) {
        var renamed = part.getAnnotation(Field.class);
        var oneOf = part.getAnnotation(OneOf.class);
        try {
            return new Component(
                    renamed == null ? part.getName() : renamed.value(),
                    index,
                    FieldTypes.of(part),
                    FieldLimits.of(part),
                    oneOf == null ? "" : oneOf.value(),
                    MethodHandles.publicLookup()
                            .unreflect(part.getAccessor())
                            .asType(MethodType.methodType(Object.class, Record.class)));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(part + " (expected: a component of a public record)", impossible);
        }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] parts) {
        var parameters = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " (expected: a public record)", impossible);
        }
    }

    ImmutableList<Component> components() {
        return components;
    }

    ImmutableListMultimap<String, Component> oneOfs() {
        return oneOfs;
    }

    @Nullable
    Component find(String name, boolean originalNames) {
        var found = byName.get(name);
        return found == null && originalNames && name.indexOf('_') > 0 ? byName.get(camelCase(name)) : found;
    }

    int index(String component) {
        var index = indexes.get(component);
        if (index == null) {
            throw new IllegalArgumentException(component + " (expected: one of " + indexes.keySet() + ")");
        }
        return index;
    }

    /** The constructor's arguments when nothing is set. */
    @Nullable
    Object[] defaults() {
        var values = new @Nullable Object[components.size()];
        for (var component : components) {
            values[component.index] = component.type.absent();
        }
        return values;
    }

    @Nullable
    Object[] values(Record record) {
        var values = new @Nullable Object[components.size()];
        for (var component : components) {
            values[component.index] = value(component, record);
        }
        return values;
    }

    @Nullable
    Object value(Component component, Record record) {
        try {
            return component.accessor.invokeExact(record);
        } catch (Throwable failure) {
            throw new IllegalStateException(component.name, failure);
        }
    }

    Record construct(@Nullable Object[] values) {
        try {
            return (Record) constructor.invokeExact(values);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot construct from " + Arrays.toString(values), failure);
        }
    }

    /** {@code consecutive_5xx_errors} to {@code consecutive5xxErrors}. */
    static String camelCase(String original) {
        var name = new StringBuilder(original.length());
        boolean upper = false;
        for (int i = 0; i < original.length(); i++) {
            char c = original.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }
}
