package io.layar.config.decode;

import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** How one type of field is read from a value and written back to one. */
interface FieldType {
    /** What the component holds when the field is not given. */
    @Nullable
    Object absent();

    /** The component's content, or null after saying what is wrong. */
    @Nullable
    Object read(Decoding decoding, Value value, FieldPath path);

    /** The value that reads back as {@code content}. */
    Value write(Object content);
}
