package io.layar.xdsgen.envoy;

import com.github.udpa.udpa.type.v1.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small values of protobuf: wrappers, durations, {@code Any}, {@code Struct}. */
public final class Protos {
    public static final BoolValue TRUE = BoolValue.of(true);
    public static final BoolValue FALSE = BoolValue.of(false);
    public static final Duration ZERO = Duration.getDefaultInstance();
    private static final String TYPE_PREFIX = "type.googleapis.com/";

    private Protos() {}

    /** Packs with the usual type prefix. */
    public static Any pack(Message message) {
        return Any.newBuilder()
                .setTypeUrl(TYPE_PREFIX + message.getDescriptorForType().getFullName())
                .setValue(message.toByteString())
                .build();
    }

    /** The message's full name in a type URL. */
    public static String typeName(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }

    public static UInt32Value uint32(int value) {
        return UInt32Value.of(value);
    }

    public static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    public static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** A message that is known by its type URL alone, with its fields as plain values. */
    public static Any typedStruct(String typeUrl, Map<String, ?> fields) {
        return pack(TypedStruct.newBuilder()
                .setTypeUrl(typeUrl)
                .setValue(struct(fields))
                .build());
    }

    /** Of plain values: text, numbers, booleans, null, lists and maps of these. */
    public static Struct struct(Map<String, ?> fields) {
        Struct.Builder struct = Struct.newBuilder();
        fields.forEach((key, value) -> struct.putFields(key, value(value)));
        return struct.build();
    }

    /** One plain value, see {@link #struct}. */
    public static Value value(@Nullable Object plain) {
        Value.Builder value = Value.newBuilder();
        switch (plain) {
            case null -> value.setNullValue(NullValue.NULL_VALUE);
            case Boolean b -> value.setBoolValue(b);
            case Number n -> value.setNumberValue(n.doubleValue());
            case Map<?, ?> map -> {
                Struct.Builder struct = Struct.newBuilder();
                map.forEach((key, item) -> struct.putFields(String.valueOf(key), value(item)));
                value.setStructValue(struct);
            }
            case Iterable<?> items -> {
                ListValue.Builder list = ListValue.newBuilder();
                items.forEach(item -> list.addValues(value(item)));
                value.setListValue(list);
            }
            default -> value.setStringValue(plain.toString());
        }
        return value.build();
    }

    /** Text as a value of a {@code Struct}. */
    public static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
