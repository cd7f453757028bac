package io.layar.xdsgen.envoyfilter;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;

/**
 * Merges one message into another as patches mean it: set fields win, messages merge field by field, lists grow, map
 * entries and durations are replaced whole.
 */
final class ProtoMerge {
    private ProtoMerge() {}

    /** @param replaceLists whether a list of {@code patch} takes the place of the one that is there */
    static void merge(Message.Builder into, Message patch, boolean replaceLists) {
        patch.getAllFields().forEach((field, value) -> {
            if (field.isMapField()) {
                mergeMap(into, field, (List<?>) value);
            } else if (field.isRepeated()) {
                if (replaceLists) {
                    into.clearField(field);
                }
                ((List<?>) value).forEach(item -> into.addRepeatedField(field, item));
            } else if (isMergeable(field) && into.hasField(field)) {
                Message.Builder inner = ((Message) into.getField(field)).toBuilder();
                merge(inner, (Message) value, replaceLists);
                into.setField(field, inner.build());
            } else {
                into.setField(field, value);
            }
        });
        if (!patch.getUnknownFields().asMap().isEmpty()) {
            into.mergeUnknownFields(patch.getUnknownFields());
        }
    }

    private static boolean isMergeable(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.getMessageType().equals(Duration.getDescriptor());
    }

    private static void mergeMap(Message.Builder into, FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByName("key");
        List<?> before = List.copyOf((List<?>) into.getField(field));
        into.clearField(field);
        before.stream()
                .filter(old -> entries.stream()
                        .noneMatch(entry -> ((Message) entry).getField(key).equals(((Message) old).getField(key))))
                .forEach(old -> into.addRepeatedField(field, old));
        entries.forEach(entry -> into.addRepeatedField(field, entry));
    }

    /** Merges what is inside; {@code base} as it is when the two are of different or unknown types. */
    static Any merge(Any base, Any patch) {
        if (!Protos.typeName(base.getTypeUrl()).equals(Protos.typeName(patch.getTypeUrl()))) {
            return base;
        }
        Message.Builder merged = EnvoyTypes.unpack(base).toBuilder();
        merge(merged, EnvoyTypes.unpack(patch), false);
        return Protos.pack(merged.build());
    }
}
