package io.layar.xdsgen.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import org.jspecify.annotations.Nullable;

/**
 * A field of Envoy's API that is younger than the message classes at hand: on the wire it is written as an unknown
 * field of the right number, in JSON under its name.
 *
 * <p>Source: Envoy's protos of line 1.37.
 */
public enum NewerField {
    RETRY_BUDGET_INTERVAL(
            "envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget", 3, "budgetInterval", Shape.DURATION),
    NO_CONTEXT_PROPAGATION(
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing",
            13,
            "noContextPropagation",
            Shape.BOOL),
    CUSTOM_TAG_VALUE("envoy.type.tracing.v3.CustomTag", 6, "value", Shape.STRING);

    enum Shape {
        BOOL,
        STRING,
        DURATION
    }

    private final String message;
    private final int number;
    private final String jsonName;
    private final Shape shape;

    NewerField(String message, int number, String jsonName, Shape shape) {
        this.message = message;
        this.number = number;
        this.jsonName = jsonName;
        this.shape = shape;
    }

    String jsonName() {
        return jsonName;
    }

    /** Writes the field into {@code builder}, which is of the message that has it. */
    public void set(Message.Builder builder, Object value) {
        if (!builder.getDescriptorForType().getFullName().equals(message)) {
            throw new IllegalStateException(
                    "message: " + builder.getDescriptorForType().getFullName() + " (expected: " + message + ")");
        }
        var field = UnknownFieldSet.Field.newBuilder();
        switch (value) {
            case Boolean flag -> field.addVarint(flag ? 1 : 0);
            case String text -> field.addLengthDelimited(ByteString.copyFromUtf8(text));
            case Duration duration -> field.addLengthDelimited(duration.toByteString());
            default -> throw new IllegalStateException("value: " + value + " (expected: a boolean, text or duration)");
        }
        builder.setUnknownFields(UnknownFieldSet.newBuilder(builder.getUnknownFields())
                .addField(number, field.build())
                .build());
    }

    /** The value in {@code message}; null when it has none. */
    @Nullable
    Object read(Message of) {
        if (!of.getDescriptorForType().getFullName().equals(message)
                || !of.getUnknownFields().hasField(number)) {
            return null;
        }
        UnknownFieldSet.Field field = of.getUnknownFields().getField(number);
        return switch (shape) {
            case BOOL -> field.getVarintList().getLast() != 0;
            case STRING -> field.getLengthDelimitedList().getLast().toStringUtf8();
            case DURATION ->
                JsonTree.duration(duration(field.getLengthDelimitedList().getLast()));
        };
    }

    private static Duration duration(ByteString bytes) {
        try {
            return Duration.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("bytes of a newer field (expected: a duration)", e);
        }
    }
}
