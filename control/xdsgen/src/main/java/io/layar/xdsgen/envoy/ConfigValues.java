package io.layar.xdsgen.envoy;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Free-form values of configuration as protobuf's. */
public final class ConfigValues {
    private ConfigValues() {}

    public static Struct struct(io.layar.config.yaml.Value.@Nullable Obj object) {
        Struct.Builder struct = Struct.newBuilder();
        if (object != null) {
            object.fields().forEach((key, value) -> struct.putFields(key, value(value)));
        }
        return struct.build();
    }

    public static Value value(io.layar.config.yaml.Value value) {
        Value.Builder out = Value.newBuilder();
        switch (value) {
            case io.layar.config.yaml.Value.Obj object -> out.setStructValue(struct(object));
            case io.layar.config.yaml.Value.Arr array -> {
                ListValue.Builder list = ListValue.newBuilder();
                array.items().forEach(item -> list.addValues(value(item)));
                out.setListValue(list);
            }
            case io.layar.config.yaml.Value.Str text -> out.setStringValue(text.value());
            case io.layar.config.yaml.Value.Num number -> out.setNumberValue(number.toDouble());
            case io.layar.config.yaml.Value.Bool flag -> out.setBoolValue(flag.value());
            case io.layar.config.yaml.Value.Null _ -> out.setNullValue(NullValue.NULL_VALUE);
        }
        return out.build();
    }

    /** As JSON text; numbers keep every digit that was written. */
    public static String json(io.layar.config.yaml.Value value) {
        return switch (value) {
            case io.layar.config.yaml.Value.Obj object ->
                object.fields().entrySet().stream()
                        .map(field -> quoted(field.getKey()) + ":" + json(field.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case io.layar.config.yaml.Value.Arr array ->
                array.items().stream().map(ConfigValues::json).collect(Collectors.joining(",", "[", "]"));
            case io.layar.config.yaml.Value.Str text -> quoted(text.value());
            case io.layar.config.yaml.Value.Num number -> number.literal();
            case io.layar.config.yaml.Value.Bool flag -> Boolean.toString(flag.value());
            case io.layar.config.yaml.Value.Null _ -> "null";
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
