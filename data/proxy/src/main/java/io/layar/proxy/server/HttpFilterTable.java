package io.layar.proxy.server;

import io.layar.proxy.filter.buffer.BufferType;
import io.layar.proxy.filter.cors.CorsType;
import io.layar.proxy.filter.fault.FaultType;
import io.layar.proxy.filter.healthcheck.HealthCheckType;
import io.layar.proxy.filter.ratelimit.LocalRateLimitType;
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
        types.put(prefix + "fault.v3.HTTPFault", FaultType::new);
        types.put(prefix + "cors.v3.Cors", CorsType::new);
        types.put(prefix + "cors.v3.CorsPolicy", CorsType::new);
        types.put(prefix + "buffer.v3.Buffer", BufferType::new);
        types.put(prefix + "buffer.v3.BufferPerRoute", BufferType::new);
        types.put(prefix + "health_check.v3.HealthCheck", HealthCheckType::new);
        types.put(prefix + "local_ratelimit.v3.LocalRateLimit", LocalRateLimitType::new);
        return types;
    }
}
