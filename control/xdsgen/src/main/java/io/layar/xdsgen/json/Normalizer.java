package io.layar.xdsgen.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Puts into one order what Istio leaves to chance: query parameters of a route match by name, endpoints of a locality by
 * address; a Wasm plugin's resource version in the environment is emptied.
 */
public final class Normalizer {
    private Normalizer() {}

    public static Object normalize(Object tree) {
        return JsonTree.mapped(tree, Normalizer::settle);
    }

    private static Map<String, Object> settle(Map<String, Object> map) {
        if (map.get("queryParameters") instanceof List<?> parameters) {
            map.put("queryParameters", sorted(parameters, p -> String.valueOf(asMap(p).get("name"))));
        }
        if (map.get("lbEndpoints") instanceof List<?> endpoints) {
            map.put("lbEndpoints", sorted(endpoints, Normalizer::addressText));
        }
        if (map.containsKey("ISTIO_META_WASM_PLUGIN_RESOURCE_VERSION")) {
            map.put("ISTIO_META_WASM_PLUGIN_RESOURCE_VERSION", "");
        }
        return map;
    }

    private static String addressText(Object lbEndpoint) {
        Object endpoint = asMap(lbEndpoint).get("endpoint");
        Object address = endpoint == null ? null : asMap(endpoint).get("address");
        return address == null ? "" : JsonText.compact(address);
    }

    private static Map<?, ?> asMap(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<Object> sorted(List<?> items, java.util.function.Function<Object, String> key) {
        List<Object> out = new ArrayList<>(items);
        out.sort(Comparator.comparing(key));
        return out;
    }
}
