package io.layar.proxy.core.config;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into JSON trees with proto's own field names, as Envoy's admin interface shows them; secrets are blanked.
 *
 * <p>Shape: as {@link JsonText#parse} gives; 64-bit numbers are text. An Any of unknown type is shown by its URL and bytes. Thread: any.
 */
public final class ProtoWriter {
    private static final Set<String> SENSITIVE =
            Set.of("private_key", "pkcs12", "password", "secret", "keys", "private_key_provider");

    private ProtoWriter() {}

    /** The tree of a message. */
    public static @Nullable Object tree(MessageOrBuilder message) {
        return tree(message, false);
    }

    /** The tree of a message inside an Any: with {@code @type} first. */
    public static Map<String, @Nullable Object> typed(Message message) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("@type", "type.googleapis.com/" + message.getDescriptorForType().getFullName());
        addFields(map, tree(message, false));
        return map;
    }

    private static void addFields(Map<String, @Nullable Object> map, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> map.put(String.valueOf(key), value));
        } else {
            map.put("value", tree);
        }
    }

    private static @Nullable Object tree(MessageOrBuilder message, boolean redact) {
        return switch (message.getDescriptorForType().getFullName()) {
            case "google.protobuf.Duration" -> duration((Duration) message);
            case "google.protobuf.Timestamp" -> timestamp((Timestamp) message);
            case "google.protobuf.Struct" -> struct((Struct) message);
            case "google.protobuf.Value" -> value((Value) message);
            case "google.protobuf.ListValue" -> list((ListValue) message);
            case "google.protobuf.Any" -> any((Any) message, redact);
            default ->
                WellKnown.isWellKnown(message.getDescriptorForType()) ? wrapper(message) : fields(message, redact);
        };
    }

    private static Map<String, @Nullable Object> fields(MessageOrBuilder message, boolean redact) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> {
            boolean hidden = redact || SENSITIVE.contains(field.getName());
            if (field.isMapField()) {
                map.put(field.getName(), mapField((List<?>) value, hidden));
            } else if (field.isRepeated()) {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) value).forEach(item -> items.add(scalar(field, item, hidden)));
                map.put(field.getName(), items);
            } else {
                map.put(field.getName(), scalar(field, value, hidden));
            }
        });
        return map;
    }

    private static Map<String, @Nullable Object> mapField(List<?> entries, boolean redact) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            MessageOrBuilder pair = (MessageOrBuilder) entry;
            FieldDescriptor key = pair.getDescriptorForType().getFields().get(0);
            FieldDescriptor value = pair.getDescriptorForType().getFields().get(1);
            map.put(String.valueOf(pair.getField(key)), scalar(value, pair.getField(value), redact));
        }
        return map;
    }

    private static @Nullable Object scalar(FieldDescriptor field, Object value, boolean redact) {
        return switch (value) {
            case MessageOrBuilder message -> tree(message, redact);
            case EnumValueDescriptor constant -> constant.getName();
            case ByteString bytes -> redact ? "[redacted]" : Base64.getEncoder().encodeToString(bytes.toByteArray());
            case String text -> redact ? "[redacted]" : text;
            case Long number -> unsigned(field) ? Long.toUnsignedString(number) : number.toString();
            case Integer number ->
                unsigned(field) ? (Object) Integer.toUnsignedLong(number) : (Object) number.longValue();
            case Float number -> number.doubleValue();
            default -> value;
        };
    }

    private static boolean unsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32, UINT64, FIXED64 -> true;
            default -> false;
        };
    }

    private static @Nullable Object wrapper(MessageOrBuilder message) {
        FieldDescriptor field = message.getDescriptorForType().getFields().get(0);
        return scalar(field, message.getField(field), false);
    }

    private static Object any(Any any, boolean redact) {
        Message inner = WellKnown.unpack(any);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("@type", any.getTypeUrl());
        if (inner == null) {
            map.put("value", Base64.getEncoder().encodeToString(any.getValue().toByteArray()));
        } else {
            addFields(map, tree(inner, redact));
        }
        return map;
    }

    /** {@code 1s}, {@code 0.250s}: no, three, six or nine digits behind the point. */
    public static String duration(Duration duration) {
        int nanos = Math.abs(duration.getNanos());
        String sign = duration.getSeconds() < 0 || duration.getNanos() < 0 ? "-" : "";
        String whole = sign + Math.abs(duration.getSeconds());
        if (nanos == 0) {
            return whole + "s";
        }
        String digits = String.format(java.util.Locale.ROOT, "%09d", nanos);
        while (digits.endsWith("000")) {
            digits = digits.substring(0, digits.length() - 3);
        }
        return whole + "." + digits + "s";
    }

    private static String timestamp(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }

    private static Map<String, @Nullable Object> struct(Struct struct) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((key, value) -> map.put(key, value(value)));
        return map;
    }

    private static List<@Nullable Object> list(ListValue list) {
        List<@Nullable Object> items = new ArrayList<>();
        list.getValuesList().forEach(value -> items.add(value(value)));
        return items;
    }

    private static @Nullable Object value(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> null;
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> struct(value.getStructValue());
            case LIST_VALUE -> list(value.getListValue());
        };
    }
}
