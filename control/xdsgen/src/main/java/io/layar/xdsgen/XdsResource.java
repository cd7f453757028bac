package io.layar.xdsgen;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.Message;

/**
 * An Envoy resource and the configuration objects that made it.
 *
 * <p>Shape: {@code provenance} holds {@code Kind/namespace/name}, without repetition, in the order in which they took part.
 */
public record XdsResource(String name, Message message, ImmutableList<String> provenance) {
    public static final String TYPE_PREFIX = "type.googleapis.com/";

    public String typeUrl() {
        return TYPE_PREFIX + message.getDescriptorForType().getFullName();
    }

    /** The message with its type URL, as it goes onto the wire. */
    public Any any() {
        return Any.pack(message);
    }
}
