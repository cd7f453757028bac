package io.layar.proxy.core.route;

import io.layar.proxy.core.config.ConfigRejected;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The per-filter configuration of one level: table, virtual host, route or weighted cluster. Thread: any (immutable). */
public final class FilterConfigs {
    static final FilterConfigs NONE = new FilterConfigs(Map.of());

    private final Map<String, Object> byFilter;

    private FilterConfigs(Map<String, Object> byFilter) {
        this.byFilter = byFilter;
    }

    static FilterConfigs compile(Map<String, com.google.protobuf.Any> protos, PerFilterCompiler compiler) {
        if (protos.isEmpty()) {
            return NONE;
        }
        Map<String, Object> all = new HashMap<>();
        protos.forEach((name, any) -> {
            try {
                Object config = compiler.compile(name, any);
                if (config != null) {
                    all.put(name, config);
                }
            } catch (ConfigRejected e) {
                throw e.within("typed_per_filter_config[" + name + "]");
            }
        });
        return new FilterConfigs(all);
    }

    @Nullable
    Object get(String filterName) {
        return byFilter.get(filterName);
    }

    boolean isEmpty() {
        return byFilter.isEmpty();
    }
}
