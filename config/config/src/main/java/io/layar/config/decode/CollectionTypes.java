package io.layar.config.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Lists and maps. Errors: an element that is wrong is said so and left out; the others are read all the same. */
final class CollectionTypes {
    private CollectionTypes() {}

    /** A list. */
    record ListType(FieldType element) implements FieldType {
        @Override
        public Object absent() {
            return ImmutableList.of();
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            if (!(value instanceof Value.Arr(var items, var _))) {
                return decoding.wrongType(value, path, "list");
            }
            var list = ImmutableList.builder();
            for (int i = 0; i < items.size(); i++) {
                var item = element.read(decoding, items.get(i), path.index(i));
                if (item != null) {
                    list.add(item);
                }
            }
            return list.build();
        }

        @Override
        public Value write(Object content) {
            var items = ImmutableList.<Value>builder();
            ((ImmutableList<?>) content).forEach(item -> items.add(element.write(item)));
            return Value.Arr.of(items.build());
        }
    }

    /** A map. Shape: {@code numeric} keys are unsigned numbers of 32 bits. Order: as written. */
    record MapType(boolean numeric, FieldType element) implements FieldType {
        @Override
        public Object absent() {
            return ImmutableMap.of();
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            if (!(value instanceof Value.Obj(var fields, var _, var _))) {
                return decoding.wrongType(value, path, "object");
            }
            var map = ImmutableMap.builder();
            fields.forEach((name, field) -> {
                var at = path.key(name);
                var key = numeric ? number(name) : name;
                if (key == null) {
                    decoding.wrong(
                            "wrong-type", field, at, "key \"%s\" (expected: number 0..4294967295)".formatted(name));
                    return;
                }
                var item = element.read(decoding, field, at);
                if (item != null) {
                    map.put(key, item);
                }
            });
            return map.buildKeepingLast();
        }

        private static @Nullable Integer number(String key) {
            var number = Longs.tryParse(key);
            return number == null || number < 0 || number > 0xFFFF_FFFFL ? null : Integer.valueOf((int) (long) number);
        }

        @Override
        public Value write(Object content) {
            var fields = ImmutableMap.<String, Value>builder();
            ((ImmutableMap<?, ?>) content).forEach((key, item) -> fields.put(key.toString(), element.write(item)));
            return Value.Obj.of(fields.buildOrThrow());
        }
    }
}
