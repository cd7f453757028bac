package io.layar.proxy.filter.cors;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;
import java.util.List;

/** The filter {@code envoy.filters.http.cors}. */
public final class CorsType implements HttpFilterType {
    private static final String PREFIX = "type.googleapis.com/envoy.extensions.filters.http.cors.v3.";

    @Override
    public String typeUrl() {
        return PREFIX + "Cors";
    }

    @Override
    public List<String> routeTypeUrls() {
        return List.of(PREFIX + "CorsPolicy");
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        Types.unpack(config, Cors.getDefaultInstance(), "");
        StatsScope scope = context.stats().scope(context.statPrefix());
        CorsFilter.Stats stats =
                new CorsFilter.Stats(scope.counter("cors.origin_valid"), scope.counter("cors.origin_invalid"));
        return callbacks -> new CorsFilter(stats, context.runtime(), callbacks);
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        return CorsRules.compile(Types.unpack(config, CorsPolicy.getDefaultInstance(), ""));
    }
}
