package io.layar.config.decode;

import com.google.common.collect.ImmutableMap;
import io.layar.config.yaml.Value;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A named value: by name, and by protobuf number where the dialect allows it. */
final class EnumType implements FieldType {
    private final ImmutableMap<String, Enum<?>> byName;
    private final ImmutableMap<String, Enum<?>> byNumber;
    private final @Nullable Enum<?> absent;

    EnumType(Class<?> type, boolean nullable) {
        var names = new LinkedHashMap<String, Enum<?>>();
        var numbers = new LinkedHashMap<String, Enum<?>>();
        for (var constant : type.getEnumConstants()) {
            var value = (Enum<?>) constant;
            names.put(value.name(), value);
            numbers.put(Integer.toString(number(type, value)), value);
        }
        byName = ImmutableMap.copyOf(names);
        byNumber = ImmutableMap.copyOf(numbers);
        absent = nullable ? null : byName.values().iterator().next();
    }

    private static int number(Class<?> type, Enum<?> value) {
        try {
            var number = type.getField(value.name()).getAnnotation(Number.class);
            return number == null ? value.ordinal() : number.value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public @Nullable Object absent() {
        return absent;
    }

    @Override
    public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
        var found = switch (value) {
            case Value.Str(var name, var _) -> byName.get(name);
            case Value.Num(var number, var _) -> decoding.dialect().lenientScalars() ? byNumber.get(number) : null;
            default -> null;
        };
        if (found != null) {
            return found;
        }
        var names = String.join(", ", byName.keySet());
        if (value instanceof Value.Str(var name, var _)) {
            var close = Suggestion.closest(name, byName.keySet());
            return decoding.wrong(
                    "unknown-value",
                    value,
                    path,
                    "\"%s\" (expected: one of %s)%s".formatted(name, names, Suggestion.sentence(close)));
        }
        return decoding.wrongType(value, path, "one of " + names);
    }

    @Override
    public Value write(Object content) {
        return Value.Str.of(((Enum<?>) content).name());
    }
}
