package io.layar.proxy.core.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types with a JSON form of their own: wrappers, Duration, Timestamp, Struct, Value, Any, FieldMask. */
final class WellKnown {
    private WellKnown() {}

    static boolean isWellKnown(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Duration",
                    "google.protobuf.Timestamp",
                    "google.protobuf.Struct",
                    "google.protobuf.Value",
                    "google.protobuf.ListValue",
                    "google.protobuf.FieldMask",
                    "google.protobuf.Any" -> true;
            default -> isWrapper(type);
        };
    }

    private static boolean isWrapper(Descriptor type) {
        return type.getFullName().startsWith("google.protobuf.")
                && type.getName().endsWith("Value")
                && type.getFields().size() == 1
                && type.getFields().get(0).getName().equals("value");
    }

    /** Merges {@code tree} where {@code builder} is of such a type; false for all others. */
    static boolean merge(ProtoReader reader, @Nullable Object tree, Message.Builder builder, String path) {
        Descriptor type = builder.getDescriptorForType();
        if (!type.getFullName().startsWith("google.protobuf.")) {
            return false;
        }
        switch (type.getFullName()) {
            case "google.protobuf.Duration" -> copy(duration(Scalars.toText(tree, path), path), builder);
            case "google.protobuf.Timestamp" -> copy(timestamp(Scalars.toText(tree, path), path), builder);
            case "google.protobuf.Struct" -> copy(struct(ProtoReader.map(tree, path), path), builder);
            case "google.protobuf.Value" -> copy(value(tree, path), builder);
            case "google.protobuf.ListValue" -> copy(value(tree, path).getListValue(), builder);
            case "google.protobuf.Any" -> copy(reader.any(ProtoReader.map(tree, path), path), builder);
            case "google.protobuf.FieldMask" ->
                copy(
                        FieldMask.newBuilder()
                                .addAllPaths(List.of(Scalars.toText(tree, path).split(",")))
                                .build(),
                        builder);
            default -> {
                if (!isWrapper(type)) {
                    return false;
                }
                wrapper(tree, builder, path);
            }
        }
        return true;
    }

    /** By bytes: the other way reads {@code from} by reflection. */
    private static void copy(Message from, Message.Builder into) {
        try {
            into.mergeFrom(from.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void wrapper(@Nullable Object tree, Message.Builder builder, String path) {
        FieldDescriptor field = builder.getDescriptorForType().getFields().get(0);
        Object scalar = switch (field.getJavaType()) {
            case INT -> Scalars.toInt(tree, field.getType() == FieldDescriptor.Type.UINT32, path);
            case LONG -> Scalars.toLong(tree, field.getType() == FieldDescriptor.Type.UINT64, path);
            case DOUBLE -> Scalars.toDouble(tree, path);
            case FLOAT -> (float) Scalars.toDouble(tree, path);
            case BOOLEAN -> Scalars.toBoolean(tree, path);
            case STRING -> Scalars.toText(tree, path);
            case BYTE_STRING ->
                com.google.protobuf.ByteString.copyFrom(
                        java.util.Base64.getDecoder().decode(Scalars.toText(tree, path)));
            case ENUM, MESSAGE -> throw new ConfigRejected(path, "no wrapper type");
        };
        builder.setField(field, scalar);
    }

    static Duration duration(String text, String path) {
        try {
            if (!text.endsWith("s")) {
                throw new NumberFormatException(text);
            }
            BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
            BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
            return Duration.newBuilder()
                    .setSeconds(parts[0].longValueExact())
                    .setNanos(parts[1].movePointRight(9).intValue())
                    .build();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ConfigRejected(path, "Illegal duration format; duration must end with 's': '" + text + "'");
        }
    }

    private static Timestamp timestamp(String text, String path) {
        try {
            Instant instant = Instant.parse(text);
            return Timestamp.newBuilder()
                    .setSeconds(instant.getEpochSecond())
                    .setNanos(instant.getNano())
                    .build();
        } catch (DateTimeParseException e) {
            throw new ConfigRejected(path, "invalid time format: '" + text + "'");
        }
    }

    private static Struct struct(Map<?, ?> tree, String path) {
        Struct.Builder struct = Struct.newBuilder();
        tree.forEach((key, value) -> struct.putFields(String.valueOf(key), value(value, path)));
        return struct.build();
    }

    static Value value(@Nullable Object tree, String path) {
        Value.Builder value = Value.newBuilder();
        return switch (tree) {
            case null -> value.setNullValue(NullValue.NULL_VALUE).build();
            case Boolean b -> value.setBoolValue(b).build();
            case Number n -> value.setNumberValue(n.doubleValue()).build();
            case String s -> value.setStringValue(s).build();
            case Map<?, ?> map -> value.setStructValue(struct(map, path)).build();
            case List<?> list -> {
                ListValue.Builder values = ListValue.newBuilder();
                list.forEach(item -> values.addValues(value(item, path)));
                yield value.setListValue(values).build();
            }
            default -> throw new ConfigRejected(path, "no JSON value: " + tree);
        };
    }

    /** The message inside, or null when its type is not in this build. */
    static @Nullable Message unpack(Any any) {
        Message type = Types.find(Types.nameOf(any.getTypeUrl()));
        return type == null ? null : Types.unpack(any, type, "");
    }
}
