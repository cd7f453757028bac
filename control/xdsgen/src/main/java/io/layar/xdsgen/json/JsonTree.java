package io.layar.xdsgen.json;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Protobuf messages as trees of maps, lists, texts, numbers and booleans, by protobuf's JSON mapping.
 *
 * <p>Order: keys are sorted. Shape: {@code Any} is expanded, unset fields are left out. Source: protobuf's JSON mapping.
 */
public final class JsonTree {
    /** Stands for JSON's null inside of a tree. */
    static final Object NULL = NullValue.NULL_VALUE;

    private final Function<String, ? extends Message> prototypes;

    /** @param prototypes a message of the full name that stands in an {@code Any}; throws when there is none */
    public JsonTree(Function<String, ? extends Message> prototypes) {
        this.prototypes = prototypes;
    }

    public Object of(Message message) {
        return switch (message) {
            case Any any -> any(any);
            case Struct struct -> struct(struct);
            case Value value -> value(value);
            case ListValue list ->
                list.getValuesList().stream().map(this::value).toList();
            case Duration duration -> duration(duration);
            case Timestamp timestamp -> Timestamps.toString(timestamp);
            default -> isWrapper(message) ? wrapped(message) : object(message);
        };
    }

    private static boolean isWrapper(Message message) {
        return message.getDescriptorForType().getFile().getFullName().equals("google/protobuf/wrappers.proto");
    }

    private Object wrapped(Message message) {
        FieldDescriptor value = message.getDescriptorForType().findFieldByNumber(1);
        return scalar(value, message.getField(value));
    }

    private TreeMap<String, Object> object(Message message) {
        TreeMap<String, Object> out = new TreeMap<>();
        message.getAllFields().forEach((field, value) -> out.put(field.getJsonName(), field(field, value)));
        if (!message.getUnknownFields().asMap().isEmpty()) {
            for (NewerField newer : NewerField.values()) {
                Object value = newer.read(message);
                if (value != null) {
                    out.put(newer.jsonName(), value);
                }
            }
        }
        return out;
    }

    private Object field(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            TreeMap<String, Object> out = new TreeMap<>();
            FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
                out.put(pair.getKey().toString(), scalar(valueField, pair.getValue()));
            }
            return out;
        }
        if (field.isRepeated()) {
            List<Object> out = new ArrayList<>();
            ((List<?>) value).forEach(item -> out.add(scalar(field, item)));
            return out;
        }
        return scalar(field, value);
    }

    private Object scalar(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> of((Message) value);
            case ENUM -> enumerated(value);
            case BYTES -> Base64.getEncoder().encodeToString(((ByteString) value).toByteArray());
            case INT64, SINT64, SFIXED64 -> Long.toString((Long) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            case INT32, SINT32, SFIXED32, BOOL, STRING, DOUBLE, FLOAT -> value;
        };
    }

    private static Object enumerated(Object value) {
        if (value instanceof EnumValueDescriptor named) {
            return named.getIndex() < 0 ? named.getNumber() : named.getName();
        }
        return value;
    }

    private Map<String, Object> any(Any any) {
        TreeMap<String, Object> out = new TreeMap<>();
        if (any.getTypeUrl().isEmpty()) {
            return out;
        }
        Message inner = unpack(any);
        Object tree = of(inner);
        if (tree instanceof Map<?, ?> map && !(inner instanceof Struct)) {
            map.forEach((k, v) -> out.put((String) k, v));
        } else {
            out.put("value", tree);
        }
        out.put("@type", any.getTypeUrl());
        return out;
    }

    private Message unpack(Any any) {
        String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        try {
            return prototypes.apply(name).getParserForType().parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("bytes of " + name + " (expected: a message of that type)", e);
        }
    }

    private Map<String, Object> struct(Struct struct) {
        TreeMap<String, Object> out = new TreeMap<>();
        struct.getFieldsMap().forEach((k, v) -> out.put(k, value(v)));
        return out;
    }

    private Object value(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> struct(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream().map(this::value).toList();
            case NULL_VALUE, KIND_NOT_SET -> NULL;
        };
    }

    /** Seconds with none, three, six or nine digits behind the point. */
    static String duration(Duration duration) {
        long seconds = duration.getSeconds();
        int nanos = duration.getNanos();
        String sign = seconds < 0 || nanos < 0 ? "-" : "";
        return sign + Math.abs(seconds) + fraction(Math.abs(nanos)) + "s";
    }

    private static String fraction(int nanos) {
        if (nanos == 0) {
            return "";
        }
        String digits = String.format("%09d", nanos);
        if (digits.endsWith("000000")) {
            return "." + digits.substring(0, 3);
        }
        return digits.endsWith("000") ? "." + digits.substring(0, 6) : "." + digits;
    }

    /** A copy of {@code tree} in which {@code change} was applied to every map, innermost first. */
    static Object mapped(Object tree, UnaryOperator<Map<String, Object>> change) {
        return switch (tree) {
            case Map<?, ?> map -> {
                TreeMap<String, Object> out = new TreeMap<>();
                map.forEach((k, v) -> out.put((String) k, mapped(v, change)));
                yield change.apply(out);
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>();
                list.forEach(item -> out.add(mapped(item, change)));
                yield out;
            }
            default -> tree;
        };
    }

    static boolean isNull(@Nullable Object value) {
        return value == null || value == NULL;
    }
}
