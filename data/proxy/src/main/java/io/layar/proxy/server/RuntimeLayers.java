package io.layar.proxy.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.RuntimeLayer;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.runtime.RuntimeValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The runtime layers of the bootstrap, merged into {@link RuntimeValues}; later layers win.
 *
 * <p>Shape: static, disk and admin layers; RTDS layers are filled by {@link #dynamic}. Thread: main loop.
 */
public final class RuntimeLayers {
    private record Layer(String name, boolean admin, Map<String, Object> values) {}

    private final List<Layer> layers = new ArrayList<>();
    private final RuntimeValues target;

    RuntimeLayers(Bootstrap bootstrap, RuntimeValues target) {
        this.target = target;
        if (!bootstrap.hasLayeredRuntime()) {
            layers.add(new Layer("admin", true, new LinkedHashMap<>()));
        }
        for (int i = 0; i < bootstrap.getLayeredRuntime().getLayersCount(); i++) {
            add(bootstrap.getLayeredRuntime().getLayers(i), "layered_runtime.layers[" + i + "]");
        }
        publish();
    }

    private void add(RuntimeLayer proto, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean admin = false;
        switch (proto.getLayerSpecifierCase()) {
            case STATIC_LAYER -> flatten("", proto.getStaticLayer(), values);
            case ADMIN_LAYER -> admin = true;
            case RTDS_LAYER -> {
                // Filled when its resource arrives.
            }
            case DISK_LAYER ->
                disk(
                        Path.of(
                                proto.getDiskLayer().getSymlinkRoot(),
                                proto.getDiskLayer().getSubdirectory()),
                        values);
            case LAYERSPECIFIER_NOT_SET -> throw new ConfigRejected(path, "a layer specifier is required");
        }
        if (layers.stream().anyMatch(layer -> layer.name.equals(proto.getName()))) {
            throw new ConfigRejected(path + ".name", "Duplicate layer name: " + proto.getName());
        }
        layers.add(new Layer(proto.getName(), admin, values));
    }

    private static void disk(Path root, Map<String, Object> values) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String key = root.relativize(file).toString().replace('/', '.');
                values.put(key, scalar(Files.readString(file).strip()));
            }
        } catch (IOException e) {
            throw new ConfigRejected(
                    "layered_runtime", "cannot read runtime directory " + root + ": " + e.getMessage());
        }
    }

    /** Replaces the values of an RTDS layer. */
    public void dynamic(String layer, Struct values) {
        layers.stream().filter(l -> l.name.equals(layer)).forEach(l -> {
            l.values.clear();
            flatten("", values, l.values);
        });
        publish();
    }

    /** Changes a value of the admin layer; an empty text removes it. False where no admin layer exists. */
    public boolean change(String key, String value) {
        for (Layer layer : layers) {
            if (layer.admin) {
                if (value.isEmpty()) {
                    layer.values.remove(key);
                } else {
                    layer.values.put(key, scalar(value));
                }
                publish();
                return true;
            }
        }
        return false;
    }

    /** Layer names in order. */
    public List<String> names() {
        return layers.stream().map(Layer::name).toList();
    }

    /** Values of a layer. */
    public Map<String, Object> values(String layer) {
        return layers.stream()
                .filter(l -> l.name.equals(layer))
                .findFirst()
                .map(Layer::values)
                .orElse(Map.of());
    }

    private void publish() {
        Map<String, Object> merged = new LinkedHashMap<>();
        layers.forEach(layer -> merged.putAll(layer.values));
        target.replace(merged);
    }

    private static void flatten(String prefix, Struct struct, Map<String, Object> values) {
        struct.getFieldsMap().forEach((key, value) -> {
            String full = prefix.isEmpty() ? key : prefix + "." + key;
            switch (value.getKindCase()) {
                case STRUCT_VALUE -> nested(full, value.getStructValue(), values);
                case NUMBER_VALUE -> values.put(full, number(value.getNumberValue()));
                case BOOL_VALUE -> values.put(full, value.getBoolValue());
                case STRING_VALUE -> values.put(full, scalar(value.getStringValue()));
                case NULL_VALUE, LIST_VALUE, KIND_NOT_SET ->
                    throw new ConfigRejected("layered_runtime", "Invalid runtime entry value for " + full);
            }
        });
    }

    private static void nested(String key, Struct struct, Map<String, Object> values) {
        Value numerator = struct.getFieldsOrDefault("numerator", Value.getDefaultInstance());
        Value denominator = struct.getFieldsOrDefault("denominator", Value.getDefaultInstance());
        if (struct.containsFields("numerator") || struct.containsFields("denominator")) {
            values.put(
                    key,
                    new RuntimeValues.Fraction(
                            (long) numerator.getNumberValue(),
                            switch (denominator.getStringValue()) {
                                case "TEN_THOUSAND" -> 10_000;
                                case "MILLION" -> 1_000_000;
                                default -> 100;
                            }));
            return;
        }
        flatten(key, struct, values);
    }

    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 9e15 ? (Object) (long) value : (Object) value;
    }

    private static Object scalar(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notNumber) {
                return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : text;
            }
        }
    }
}
