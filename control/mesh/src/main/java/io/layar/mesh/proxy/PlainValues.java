package io.layar.mesh.proxy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.base.SourcePosition;
import io.layar.config.yaml.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values of node metadata as configuration values. */
final class PlainValues {
    private PlainValues() {}

    static Value.Obj object(Map<?, ?> fields) {
        var out = ImmutableMap.<String, Value>builder();
        fields.forEach((key, value) -> out.put(String.valueOf(key), value(value)));
        return Value.Obj.of(out.buildKeepingLast());
    }

    private static Value value(@Nullable Object plain) {
        return switch (plain) {
            case null -> new Value.Null(SourcePosition.NOWHERE);
            case Map<?, ?> map -> object(map);
            case List<?> list ->
                new Value.Arr(
                        list.stream().map(PlainValues::value).collect(ImmutableList.toImmutableList()),
                        SourcePosition.NOWHERE);
            case Boolean flag -> new Value.Bool(flag, SourcePosition.NOWHERE);
            case Number number -> new Value.Num(number(number), SourcePosition.NOWHERE);
            default -> new Value.Str(plain.toString(), SourcePosition.NOWHERE);
        };
    }

    /** Numbers of a protobuf Struct are all doubles, whole ones too. */
    private static String number(Number number) {
        double d = number.doubleValue();
        return d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : number.toString();
    }
}
