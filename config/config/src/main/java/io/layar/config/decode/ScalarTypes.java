package io.layar.config.decode;

import com.google.common.io.BaseEncoding;
import io.layar.base.GoDuration;
import io.layar.config.Bytes;
import io.layar.config.kubernetes.IntOrString;
import io.layar.config.yaml.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Fields that hold one word, in their different meanings. */
final class ScalarTypes {
    private ScalarTypes() {}

    /** A string. */
    record Text(@Nullable String absent) implements FieldType {
        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            return value instanceof Value.Str(var text, var _) ? text : decoding.wrongType(value, path, "string");
        }

        @Override
        public Value write(Object content) {
            return Value.Str.of((String) content);
        }
    }

    /** A boolean. */
    record Bool(@Nullable Boolean absent) implements FieldType {
        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            return value instanceof Value.Bool(var bool, var _) ? bool : decoding.wrongType(value, path, "boolean");
        }

        @Override
        public Value write(Object content) {
            return Value.Bool.of((Boolean) content);
        }
    }

    /** A duration. */
    record Time() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            var duration = value instanceof Value.Str(var text, var _) ? GoDuration.parse(text) : null;
            return duration != null ? duration : decoding.wrongType(value, path, "duration such as 1.5s or 1h30m");
        }

        @Override
        public Value write(Object content) {
            return Value.Str.of(GoDuration.print((Duration) content));
        }
    }

    /** A point in time. */
    record Timestamp() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            if (value instanceof Value.Str(var text, var _)) {
                try {
                    return OffsetDateTime.parse(text).toInstant();
                } catch (DateTimeParseException malformed) {
                    return decoding.wrongType(value, path, "time such as 2024-01-31T08:30:00Z");
                }
            }
            return decoding.wrongType(value, path, "time such as 2024-01-31T08:30:00Z");
        }

        @Override
        public Value write(Object content) {
            return Value.Str.of(((Instant) content).toString());
        }
    }

    /** Bytes in base 64. */
    record Base64() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            if (value instanceof Value.Str(var text, var _)) {
                try {
                    return Bytes.copyOf(
                            BaseEncoding.base64().decode(text.replace("\n", "").replace("\r", "")));
                } catch (IllegalArgumentException malformed) {
                    return decoding.wrong("wrong-type", value, path, "not base64 (expected: bytes in base64)");
                }
            }
            return decoding.wrongType(value, path, "bytes in base64");
        }

        @Override
        public Value write(Object content) {
            return Value.Str.of(BaseEncoding.base64().encode(((Bytes) content).toByteArray()));
        }
    }

    /** A port by number or name. */
    record PortName() implements FieldType {
        @Override
        public @Nullable Object absent() {
            return null;
        }

        @Override
        public @Nullable Object read(Decoding decoding, Value value, FieldPath path) {
            if (value instanceof Value.Str(var text, var _)) {
                return IntOrString.of(text);
            }
            var number = value instanceof Value.Num(var literal, var _) ? NumberTypes.int32(literal) : null;
            return number != null ? IntOrString.of(number) : decoding.wrongType(value, path, "number or string");
        }

        @Override
        public Value write(Object content) {
            var port = (IntOrString) content;
            return port.number() != null ? Value.Num.of(port.number()) : Value.Str.of(port.toString());
        }
    }
}
