package io.layar.config.decode;

import io.layar.base.Problem;
import io.layar.config.yaml.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into records and back by protobuf's JSON rules: absent and null are the same, both spellings of a name are
 * read, an unset scalar is zero unless its component is nullable.
 *
 * <p>Errors: every problem of the value, at once, with path and position. A record is returned even when some of its
 * fields were wrong; whoever gets an error must not use it. Thread: any.
 */
public final class Decoder {
    private final Dialect dialect;

    public Decoder(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Reads {@code value} as {@code type}, or answers null if it is not even an object. */
    public <R extends Record> @Nullable R decode(Class<R> type, Value value, FieldPath path, List<Problem> problems) {
        return type.cast(new MessageType(type).read(new Decoding(dialect, problems), value, path));
    }

    /** The value that decodes to {@code record}: fields that are not set are left out. */
    public static Value.Obj encode(Record record) {
        return (Value.Obj) new MessageType(record.getClass()).write(record);
    }
}
