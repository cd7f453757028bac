package io.layar.proxy.core.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.util.Arrays;

/** Refuses what a compiler does not read, so that no field is silently ignored. */
public final class Fields {
    private Fields() {}

    /**
     * Refuses every set field of {@code message} whose proto name is not in {@code supported}.
     *
     * <p>Errors: {@link ConfigRejected} with {@code path.field}.
     */
    public static void onlySupported(MessageOrBuilder message, String path, String... supported) {
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (!Arrays.asList(supported).contains(field.getName())) {
                throw ConfigRejected.unsupported(ConfigRejected.join(path, field.getName()), "field " + field.getName());
            }
        }
    }

    /** Refuses the named fields where they are set: for large messages of which nearly all is supported. */
    public static void refuse(MessageOrBuilder message, String path, String... unsupported) {
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (Arrays.asList(unsupported).contains(field.getName())) {
                throw ConfigRejected.unsupported(ConfigRejected.join(path, field.getName()), "field " + field.getName());
            }
        }
    }
}
