package io.layar.proxy.server;

import io.layar.proxy.http.HttpFilterType;
import io.layar.proxy.router.RouterType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every HTTP filter, by the types of its configurations: of chains and of routes. A line here, and nothing else, makes one known. */
final class HttpFilterTable {
    private HttpFilterTable() {}

    static Map<String, Supplier<HttpFilterType>> types() {
        Map<String, Supplier<HttpFilterType>> types = new HashMap<>();
        String prefix = "envoy.extensions.filters.http.";
        types.put(prefix + "router.v3.Router", RouterType::new);
        return types;
    }
}
