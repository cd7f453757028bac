package io.layar.config.decode;

import org.jspecify.annotations.Nullable;

/** Records of the model: the empty one, and copies with one component changed. */
public final class Records {
    private Records() {}

    /** The record of {@code type} in which nothing is set. */
    public static <R extends Record> R empty(Class<R> type) {
        var schema = RecordSchema.of(type);
        return type.cast(schema.construct(schema.defaults()));
    }

    /**
     * A copy of {@code record} whose component {@code name} is {@code value}.
     *
     * <p>Errors: {@link IllegalArgumentException} if there is no such component.
     */
    @SuppressWarnings("unchecked") // a record's schema constructs that record
    public static <R extends Record> R with(R record, String name, @Nullable Object value) {
        var schema = RecordSchema.of(record.getClass());
        var values = schema.values(record);
        values[schema.index(name)] = value;
        return (R) schema.construct(values);
    }

    /** The JSON name of a field: {@code consecutive_5xx_errors} is {@code consecutive5xxErrors}. */
    public static String jsonName(String name) {
        return RecordSchema.camelCase(name);
    }
}
