package io.layar.xdsgen.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Message types by their full names, and JSON with every {@code Any} written out.
 *
 * <p>Shape: a type's Java class is found by the naming rule of its package, so a type that was never mentioned in code
 * (an EnvoyFilter may name any) is found as well. Thread: any.
 */
public final class EnvoyTypes {
    private static final Pattern TYPE_URL = Pattern.compile("\"@type\"\\s*:\\s*\"([^\"]+)\"");
    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("envoy.extensions.filters.network.mysql_proxy.v3.", "io.layar.xdsgen.istio.mysql."),
            new Prefix("envoy.", "io.envoyproxy.envoy."),
            new Prefix("xds.", "com.github.xds."),
            new Prefix("udpa.", "com.github.udpa.udpa."),
            new Prefix("google.protobuf.", "com.google.protobuf."),
            new Prefix("google.rpc.", "com.google.rpc."),
            new Prefix("google.api.expr.v1alpha1.", "com.google.api.expr.v1alpha1."),
            new Prefix("istio.envoy.config.filter.http.alpn.v2alpha1.", "io.layar.xdsgen.istio.alpn."),
            new Prefix("istio.networking.nds.v1.", "io.layar.xdsgen.istio.nds."),
            new Prefix("stats.", "io.layar.xdsgen.istio.stats."));

    private record Prefix(String proto, String java) {}

    /** The default instance of a message's class, found once; empty for a class of another kind. */
    private static final ClassValue<Optional<Message>> DEFAULTS = new ClassValue<>() {
        @Override
        protected Optional<Message> computeValue(Class<?> type) {
            try {
                return type.getMethod("getDefaultInstance").invoke(null) instanceof Message message
                        ? Optional.of(message)
                        : Optional.empty();
            } catch (ReflectiveOperationException e) {
                return Optional.empty();
            }
        }
    };

    private EnvoyTypes() {}

    /** The default instance of a message type; null when no such type is known. */
    public static @Nullable Message prototype(String fullName) {
        for (Prefix prefix : PREFIXES) {
            if (fullName.startsWith(prefix.proto)) {
                return instance(prefix.java + fullName.substring(prefix.proto.length()));
            }
        }
        return null;
    }

    private static @Nullable Message instance(String className) {
        String name = className;
        while (true) {
            try {
                return DEFAULTS.get(Class.forName(name)).orElse(null);
            } catch (ClassNotFoundException e) {
                // A message inside a message: Outer.Inner in proto, Outer$Inner in Java.
                int dot = name.lastIndexOf('.');
                if (dot < 0 || !Character.isUpperCase(name.charAt(name.lastIndexOf('.', dot - 1) + 1))) {
                    return null;
                }
                name = name.substring(0, dot) + "$" + name.substring(dot + 1);
            }
        }
    }

    /**
     * Unpacks.
     *
     * @throws IllegalArgumentException when the type is unknown or the bytes are not of it
     */
    public static Message unpack(Any any) {
        String name = Protos.typeName(any.getTypeUrl());
        Message prototype = prototype(name);
        if (prototype == null) {
            throw new IllegalArgumentException("type: " + name + " (expected: a message type of Envoy's API)");
        }
        try {
            return prototype.getParserForType().parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("type: " + name + " (its bytes are of another type)", e);
        }
    }

    /**
     * Proto JSON, fields at their default left out, each {@code Any} expanded.
     *
     * @throws IllegalArgumentException when an {@code Any} is of an unknown type
     */
    public static String toJson(Message message) {
        Set<String> names = new TreeSet<>();
        collect(message, names);
        try {
            return JsonFormat.printer().usingTypeRegistry(registry(names)).print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Reads proto JSON into {@code builder}.
     *
     * @throws IllegalArgumentException naming the field that is unknown or of the wrong type
     */
    public static void fromJson(String json, Message.Builder builder) {
        read(json, builder, JsonFormat.parser());
    }

    /**
     * Reads proto JSON that may be of a newer API: unknown fields are left out.
     *
     * @throws IllegalArgumentException naming the field of the wrong type, or the unknown type of an {@code Any}
     */
    public static void fromNewerJson(String json, Message.Builder builder) {
        read(json, builder, JsonFormat.parser().ignoringUnknownFields());
    }

    private static void read(String json, Message.Builder builder, JsonFormat.Parser parser) {
        Set<String> names = new TreeSet<>();
        Matcher urls = TYPE_URL.matcher(json);
        while (urls.find()) {
            names.add(Protos.typeName(urls.group(1)));
        }
        try {
            parser.usingTypeRegistry(registry(names)).merge(json, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static TypeRegistry registry(Set<String> names) {
        TypeRegistry.Builder registry = TypeRegistry.newBuilder();
        for (String name : names) {
            Message prototype = prototype(name);
            if (prototype != null) {
                registry.add(prototype.getDescriptorForType());
            }
        }
        return registry.build();
    }

    private static void collect(Message message, Set<String> names) {
        Descriptor type = message.getDescriptorForType();
        if (type.getFullName().equals("google.protobuf.Any")) {
            Any any = (Any) message;
            String name = Protos.typeName(any.getTypeUrl());
            if (!name.isEmpty()) {
                names.add(name);
                collect(unpack(any), names);
            }
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    ((List<?>) value).forEach(item -> collect((Message) item, names));
                } else {
                    collect((Message) value, names);
                }
            }
        });
    }
}
