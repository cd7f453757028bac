package io.layar.proxy.core.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * From type URLs to generated classes by their names, so that only types that occur are ever loaded.
 *
 * <p>Thread: any.
 */
public final class Types {
    private Types() {}

    private static final ClassValue<Descriptor> DESCRIPTORS = new ClassValue<>() {
        @Override
        protected Descriptor computeValue(Class<?> type) {
            try {
                return (Descriptor) MethodHandles.publicLookup()
                        .findStatic(type, "getDescriptor", MethodType.methodType(Descriptor.class))
                        .invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    };

    /**
     * The descriptor of {@code message}, of a generated class. Its own {@code getDescriptorForType} makes protobuf look at every method
     * of the class, which loads the classes of all fields that could be set: a good part of the start.
     */
    public static Descriptor descriptorOf(Message message) {
        return DESCRIPTORS.get(message.getClass());
    }

    /** The full message name in a type URL: what follows the last slash. */
    public static String nameOf(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }

    /** The default instance of the message called {@code fullName}, or null when this build has no such type. */
    public static @Nullable Message find(String fullName) {
        String java = javaName(fullName);
        while (true) {
            try {
                Class<?> type = Class.forName(java, true, Types.class.getClassLoader());
                // Not by reflection: that looks at all methods, and loads every class that they name.
                return (Message) MethodHandles.publicLookup()
                        .findStatic(type, "getDefaultInstance", MethodType.methodType(type))
                        .asType(MethodType.methodType(Message.class))
                        .invokeExact();
            } catch (ClassNotFoundException e) {
                java = nested(java);
                if (java == null) {
                    return null;
                }
            } catch (NoSuchMethodException | IllegalAccessException notMessage) {
                return null;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Unpacks {@code any} as {@code type}. Errors: {@link ConfigRejected} at {@code path} for another type or bad bytes. */
    @SuppressWarnings("unchecked")
    public static <T extends Message> T unpack(Any any, T type, String path) {
        if (!nameOf(any.getTypeUrl()).equals(descriptorOf(type).getFullName())) {
            throw new ConfigRejected(
                    path, "Unable to unpack as " + descriptorOf(type).getFullName() + ": [" + any.getTypeUrl() + "]");
        }
        return (T) parse(any, type.getParserForType(), path);
    }

    /** Unpacks {@code any} as whatever its type URL names. Errors: {@link ConfigRejected} at {@code path} for an unknown type. */
    public static Message unpack(Any any, String path) {
        Message type = find(nameOf(any.getTypeUrl()));
        if (type == null) {
            throw ConfigRejected.unsupported(path, "type URL '" + any.getTypeUrl() + "'");
        }
        return parse(any, type.getParserForType(), path);
    }

    private static <M extends Message> M parse(Any any, Parser<M> parser, String path) {
        try {
            return parser.parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new ConfigRejected(path, "malformed " + any.getTypeUrl() + ": " + e.getMessage());
        }
    }

    private static String javaName(String fullName) {
        if (fullName.startsWith("google.protobuf.")) {
            return "com." + fullName;
        }
        if (fullName.startsWith("google.")) {
            return "com." + fullName;
        }
        if (fullName.startsWith("xds.") || fullName.startsWith("udpa.")) {
            return "com.github." + fullName;
        }
        return fullName.startsWith("envoy.") ? "io.envoyproxy." + fullName : fullName;
    }

    /** {@code a.B.C} to {@code a.B$C}: the last dot before an upper-case name becomes a nesting mark. */
    private static @Nullable String nested(String java) {
        int dot = java.lastIndexOf('.');
        int before = java.lastIndexOf('.', dot - 1);
        boolean outerIsType = dot > 0 && Character.isUpperCase(java.charAt(before + 1));
        return outerIsType ? java.substring(0, dot) + "$" + java.substring(dot + 1) : null;
    }
}
