package io.layar.proxy.network;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The network filters that this proxy has. A filter's classes load when a configuration first names it. Thread: any (immutable). */
public final class NetworkFilterTypes {
    private final Map<String, Supplier<NetworkFilterType>> byConfigType;

    public NetworkFilterTypes(Map<String, Supplier<NetworkFilterType>> byConfigType) {
        this.byConfigType = new HashMap<>(byConfigType);
    }

    /** The full message names of all configurations that compile. */
    public List<String> configTypes() {
        return byConfigType.keySet().stream().sorted().toList();
    }

    /** Compiles one filter. Errors: {@link ConfigRejected} with the path from the filter on. */
    public NetworkFilterFactory compile(String name, Any config, FilterContext context) {
        String type = Types.nameOf(config.getTypeUrl());
        Supplier<NetworkFilterType> known = byConfigType.get(type);
        if (known == null) {
            throw new ConfigRejected(
                    "typed_config",
                    "Didn't find a registered implementation for '" + name + "' with type URL: '" + type + "'");
        }
        Message message = Types.unpack(config, "typed_config");
        try {
            return known.get().compile(message, context);
        } catch (ConfigRejected e) {
            throw e.within("typed_config");
        }
    }
}
