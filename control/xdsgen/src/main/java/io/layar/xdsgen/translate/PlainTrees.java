package io.layar.xdsgen.translate;

import io.layar.config.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML values as plain maps, lists, texts, numbers and booleans. */
final class PlainTrees {
    private PlainTrees() {}

    /** @throws IllegalArgumentException when {@code value} is no object */
    static Map<String, Object> map(Value value) {
        if (!(value instanceof Value.Obj object)) {
            throw new IllegalArgumentException(value.typeName() + " (expected: an object)");
        }
        Map<String, Object> out = new LinkedHashMap<>();
        object.fields().forEach((key, item) -> {
            if (!(item instanceof Value.Null)) {
                out.put(key, plain(item));
            }
        });
        return out;
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Obj object -> map(object);
            case Value.Arr list -> {
                List<Object> out = new ArrayList<>();
                list.items().forEach(item -> out.add(plain(item)));
                yield out;
            }
            case Value.Str text -> text.value();
            case Value.Num number -> number.toDouble();
            case Value.Bool flag -> flag.value();
            case Value.Null _ -> "";
        };
    }
}
