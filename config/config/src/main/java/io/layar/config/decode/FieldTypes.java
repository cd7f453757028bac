package io.layar.config.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.Bytes;
import io.layar.config.kubernetes.IntOrString;
import io.layar.config.yaml.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The field type of a record component, from its Java type and annotations. */
final class FieldTypes {
    private FieldTypes() {}

    static FieldType of(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        boolean unsigned = component.isAnnotationPresent(Unsigned.class);
        return of(component.getGenericType(), nullable, unsigned);
    }

    private static FieldType of(Type type, boolean nullable, boolean unsigned) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == ImmutableList.class) {
                return new CollectionTypes.ListType(of(arguments[0], false, unsigned));
            }
            if (generic.getRawType() == ImmutableMap.class) {
                boolean numeric = arguments[0] == Integer.class;
                return new CollectionTypes.MapType(numeric, of(arguments[1], false, unsigned));
            }
        }
        if (type instanceof Class<?> raw) {
            return ofClass(raw, nullable, unsigned);
        }
        throw new IllegalStateException(type + " (expected: a type of the model)");
    }

    private static FieldType ofClass(Class<?> type, boolean nullable, boolean unsigned) {
        if (type == String.class) {
            return new ScalarTypes.Text(nullable ? null : "");
        } else if (type == boolean.class || type == Boolean.class) {
            return new ScalarTypes.Bool(type.isPrimitive() ? false : null);
        } else if (type == int.class || type == Integer.class) {
            return new NumberTypes.Int32(type.isPrimitive() ? 0 : null, unsigned);
        } else if (type == long.class || type == Long.class) {
            return new NumberTypes.Int64(type.isPrimitive() ? 0L : null, unsigned);
        } else if (type == double.class || type == Double.class) {
            return new NumberTypes.Float64(type.isPrimitive() ? 0.0 : null);
        } else if (type.isEnum()) {
            return new EnumType(type, nullable);
        } else if (type == Duration.class) {
            return new ScalarTypes.Time();
        } else if (type == Instant.class) {
            return new ScalarTypes.Timestamp();
        } else if (type == Bytes.class) {
            return new ScalarTypes.Base64();
        } else if (type == Value.Obj.class) {
            return new StructTypes.Struct();
        } else if (type == Value.class) {
            return new StructTypes.Any();
        } else if (type == IntOrString.class) {
            return new ScalarTypes.PortName();
        } else if (type.isRecord()) {
            return new MessageType(type.asSubclass(Record.class));
        }
        throw new IllegalStateException(type + " (expected: a type of the model)");
    }
}
