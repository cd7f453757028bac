package io.layar.config;

import com.google.common.collect.ImmutableMap;
import io.layar.config.Kind.Body;
import io.layar.config.decode.Decoder;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlWriter;

/** Resources to values and text: what {@link ResourceReader} reads back. Shape: fields that are not set are left out. */
public final class ResourceWriter {
    private ResourceWriter() {}

    public static Value.Obj toValue(Resource<?> resource) {
        var fields = ImmutableMap.<String, Value>builder();
        fields.put("apiVersion", Value.Str.of(resource.apiVersion()));
        fields.put("kind", Value.Str.of(resource.kind().name()));
        fields.put("metadata", Decoder.encode(resource.metadata()));
        var content = Decoder.encode(resource.spec());
        if (resource.kind().body() == Body.WHOLE) {
            fields.putAll(content.fields());
        } else {
            fields.put("spec", content);
            if (resource.status() != null) {
                fields.put("status", Decoder.encode(resource.status()));
            }
        }
        return Value.Obj.of(fields.buildOrThrow());
    }

    public static String toYaml(Resource<?> resource) {
        return YamlWriter.write(toValue(resource));
    }
}
