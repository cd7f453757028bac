package io.layar.proxy.core.config;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Refuses what a compiler does not read, so that no field is silently ignored. */
public final class Fields {
    private Fields() {}

    /**
     * Refuses every set field of {@code message} whose proto name is not in {@code supported}.
     *
     * <p>Errors: {@link ConfigRejected} with {@code path.field}.
     */
    public static void onlySupported(Message message, String path, String... supported) {
        for (String field : set(message)) {
            if (!Arrays.asList(supported).contains(field)) {
                throw ConfigRejected.unsupported(ConfigRejected.join(path, field), "field " + field);
            }
        }
    }

    /** Refuses the named fields where they are set: for large messages of which nearly all is supported. */
    public static void refuse(Message message, String path, String... unsupported) {
        for (String field : set(message)) {
            if (Arrays.asList(unsupported).contains(field)) {
                throw ConfigRejected.unsupported(ConfigRejected.join(path, field), "field " + field);
            }
        }
    }

    /**
     * The names of the fields that are set, found in the bytes: asking a generated class for its fields makes protobuf look at every
     * method of it, which loads the classes of all fields that could be set and costs a good part of the start.
     */
    private static Set<String> set(Message message) {
        Set<String> names = new LinkedHashSet<>();
        Descriptor type = Types.descriptorOf(message);
        CodedInputStream bytes = message.toByteString().newCodedInput();
        try {
            for (int tag = bytes.readTag(); tag != 0; tag = bytes.readTag()) {
                FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
                if (field != null) {
                    names.add(field.getName());
                }
                bytes.skipField(tag);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }
}
