package io.layar.proxy.filter.ratelimit;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;

/** The filter {@code envoy.filters.http.local_ratelimit}. */
public final class LocalRateLimitType implements HttpFilterType {
    @Override
    public String typeUrl() {
        return "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        LocalLimit limit = limit(config, context);
        String cluster = context.services().node().cluster();
        return callbacks -> new LocalRateLimitFilter(limit, context.runtime(), cluster, callbacks);
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        return limit(config, context);
    }

    private static LocalLimit limit(Any config, HttpFilterContext context) {
        LocalRateLimit proto = Types.unpack(config, LocalRateLimit.getDefaultInstance(), "");
        return new LocalLimit(proto, context.stats().scope(""), FormatFacts.NONE);
    }
}
