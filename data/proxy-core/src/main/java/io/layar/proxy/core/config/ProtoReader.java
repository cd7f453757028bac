package io.layar.proxy.core.config;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of a JSON or YAML document into a message, by the proto3 JSON rules; names of fields may be JSON's or proto's.
 *
 * <p>Errors: {@link ConfigRejected} with the path of the field; an unknown field is one. Types inside Any are found by {@link Types}. Thread: not thread safe.
 */
public final class ProtoReader {
    private final Map<Descriptor, Map<String, FieldDescriptor>> fields = new IdentityHashMap<>();

    /**
     * The message of {@code type} that {@code tree}, a map, describes.
     *
     * <p>It is gathered as a dynamic message and handed over as bytes: setting the fields of a generated class by descriptor makes
     * protobuf look at every method of the class, which loads the classes of all fields that could be set.
     */
    @SuppressWarnings("unchecked")
    public <M extends Message> M read(@Nullable Object tree, M type, String path) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(Types.descriptorOf(type));
        merge(tree, builder, path);
        try {
            return (M) type.getParserForType().parseFrom(builder.build().toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new ConfigRejected(
                    path, "no valid " + Types.descriptorOf(type).getFullName() + ": " + e.getMessage());
        }
    }

    /** Merges {@code tree}, a map, into {@code builder}. */
    void merge(@Nullable Object tree, Message.Builder builder, String path) {
        if (WellKnown.merge(this, tree, builder, path)) {
            return;
        }
        Map<String, FieldDescriptor> known = fieldsOf(builder.getDescriptorForType());
        for (Map.Entry<?, ?> entry : map(tree, path).entrySet()) {
            String name = String.valueOf(entry.getKey());
            FieldDescriptor field = known.get(name);
            if (field == null) {
                throw new ConfigRejected(
                        ConfigRejected.join(path, name),
                        "no such field: '" + name + "' in message "
                                + builder.getDescriptorForType().getFullName());
            }
            Object value = entry.getValue();
            if (value != null || isJsonNull(field)) {
                set(builder, field, value, ConfigRejected.join(path, field.getName()));
            }
        }
    }

    private static boolean isJsonNull(FieldDescriptor field) {
        return !field.isRepeated()
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Value");
    }

    private void set(Message.Builder builder, FieldDescriptor field, @Nullable Object value, String path) {
        if (field.isMapField()) {
            mapEntries(builder, field, map(value, path), path);
        } else if (field.isRepeated()) {
            if (!(value instanceof List<?> list)) {
                throw new ConfigRejected(path, "expected a list");
            }
            for (int i = 0; i < list.size(); i++) {
                builder.addRepeatedField(field, single(builder, field, list.get(i), path + "[" + i + "]"));
            }
        } else {
            boolean taken = field.getRealContainingOneof() != null && builder.hasOneof(field.getRealContainingOneof());
            if (taken) {
                throw new ConfigRejected(
                        path, "oneof field '" + field.getRealContainingOneof().getName() + "' is already set");
            }
            builder.setField(field, single(builder, field, value, path));
        }
    }

    private void mapEntries(Message.Builder builder, FieldDescriptor field, Map<?, ?> entries, String path) {
        FieldDescriptor keyField = field.getMessageType().getFields().get(0);
        FieldDescriptor valueField = field.getMessageType().getFields().get(1);
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            Message.Builder pair = builder.newBuilderForField(field);
            String at = path + "[\"" + entry.getKey() + "\"]";
            pair.setField(keyField, single(pair, keyField, entry.getKey(), at));
            pair.setField(valueField, single(pair, valueField, entry.getValue(), at));
            builder.addRepeatedField(field, pair.build());
        }
    }

    private Object single(Message.Builder builder, FieldDescriptor field, @Nullable Object value, String path) {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder nested = builder.newBuilderForField(field);
                merge(value, nested, path);
                yield nested.build();
            }
            case ENUM -> enumValue(field.getEnumType(), value, path);
            case INT -> Scalars.toInt(value, isUnsigned(field), path);
            case LONG -> Scalars.toLong(value, isUnsigned(field), path);
            case DOUBLE -> Scalars.toDouble(value, path);
            case FLOAT -> (float) Scalars.toDouble(value, path);
            case BOOLEAN -> Scalars.toBoolean(value, path);
            case STRING -> Scalars.toText(value, path);
            case BYTE_STRING -> bytes(value, path);
        };
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32, UINT64, FIXED64 -> true;
            default -> false;
        };
    }

    private static EnumValueDescriptor enumValue(EnumDescriptor type, @Nullable Object value, String path) {
        EnumValueDescriptor found = value instanceof String name
                ? type.findValueByName(name)
                : value instanceof Number n ? type.findValueByNumberCreatingIfUnknown(n.intValue()) : null;
        if (found == null) {
            throw new ConfigRejected(path, "invalid value '" + value + "' for enum " + type.getFullName());
        }
        return found;
    }

    private static ByteString bytes(@Nullable Object value, String path) {
        try {
            String text = Scalars.toText(value, path).replace('-', '+').replace('_', '/');
            return ByteString.copyFrom(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new ConfigRejected(path, "invalid base64");
        }
    }

    /** The Any of {@code {"@type": URL, fields…}}. */
    Any any(Map<?, ?> tree, String path) {
        if (tree.isEmpty()) {
            return Any.getDefaultInstance();
        }
        if (!(tree.get("@type") instanceof String url)) {
            throw new ConfigRejected(path, "Missing @type in Any");
        }
        Message type = Types.find(Types.nameOf(url));
        if (type == null) {
            throw new ConfigRejected(path, "could not find @type '" + url + "'");
        }
        Map<Object, Object> rest = new java.util.LinkedHashMap<>(tree);
        rest.remove("@type");
        Message.Builder builder = DynamicMessage.newBuilder(Types.descriptorOf(type));
        merge(WellKnown.isWellKnown(builder.getDescriptorForType()) ? rest.get("value") : rest, builder, path);
        return Any.newBuilder()
                .setTypeUrl(url)
                .setValue(builder.build().toByteString())
                .build();
    }

    static Map<?, ?> map(@Nullable Object tree, String path) {
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw new ConfigRejected(path, "expected an object");
    }

    private Map<String, FieldDescriptor> fieldsOf(Descriptor type) {
        return fields.computeIfAbsent(type, t -> {
            Map<String, FieldDescriptor> byName = new HashMap<>();
            for (FieldDescriptor field : t.getFields()) {
                byName.put(field.getJsonName(), field);
                byName.put(field.getName(), field);
            }
            return byName;
        });
    }
}
