package io.layar.xdsgen.envoy;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
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
}
