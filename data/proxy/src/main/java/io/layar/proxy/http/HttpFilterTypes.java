package io.layar.proxy.http;

import com.google.protobuf.Any;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The HTTP filters that this proxy has, by the type of their configuration. A filter's classes load when a configuration first
 * names it. Thread: any (immutable).
 */
public final class HttpFilterTypes {
    private final Map<String, Supplier<HttpFilterType>> byConfigType;

    /** Shape: keys are full message names, for configurations of chains and of routes alike. */
    public HttpFilterTypes(Map<String, Supplier<HttpFilterType>> byConfigType) {
        this.byConfigType = new HashMap<>(byConfigType);
    }

    /** The full message names of all configurations that compile. */
    public List<String> configTypes() {
        return byConfigType.keySet().stream().sorted().toList();
    }

    /** Whether there is a filter with such a configuration. */
    boolean knows(Any config) {
        return byConfigType.containsKey(Types.nameOf(config.getTypeUrl()));
    }

    /** Compiles an entry of a chain. Errors: {@link ConfigRejected} with the path from the filter on. */
    public HttpFilterFactory compile(String name, Any config, HttpFilterContext context) {
        try {
            return find(name, config).compile(config, context);
        } catch (ConfigRejected e) {
            throw e.within("typed_config");
        }
    }

    /** Compiles a configuration of a route for the filter {@code name}. Errors: {@link ConfigRejected}. */
    public Object compileForRoute(String name, Any config, HttpFilterContext context) {
        return find(name, config).compileForRoute(config, context);
    }

    private HttpFilterType find(String name, Any config) {
        String type = Types.nameOf(config.getTypeUrl());
        Supplier<HttpFilterType> known = byConfigType.get(type);
        if (known == null) {
            throw new ConfigRejected(
                    "", "Didn't find a registered implementation for '" + name + "' with type URL: '" + type + "'");
        }
        return known.get();
    }
}
