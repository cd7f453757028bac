package io.layar.config.decode;

import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Fields that hold any JSON. */
final class StructTypes {
    private StructTypes() {}

    /** An object without a schema. */
    record Struct() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            return value instanceof Value.Obj ? value : decoding.wrongType(value, path, "object");
        }

        @Override
        public Value write(Object content) {
            return (Value) content;
        }
    }

    /** Any value. */
    record Any() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public Object read(Decoding decoding, Value value, FieldPath path) {
            return value;
        }

        @Override
        public Value write(Object content) {
            return (Value) content;
        }
    }
}
