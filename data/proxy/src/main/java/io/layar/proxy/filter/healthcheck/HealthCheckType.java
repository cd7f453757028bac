package io.layar.proxy.filter.healthcheck;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.health_check.v3.HealthCheck;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.http.HttpFilterFactory;
import io.layar.proxy.http.HttpFilterType;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The filter {@code envoy.filters.http.health_check}. Not done, and refused: {@code cache_time},
 * {@code cluster_min_healthy_percentages}.
 */
public final class HealthCheckType implements HttpFilterType {
    @Override
    public String typeUrl() {
        return "type.googleapis.com/envoy.extensions.filters.http.health_check.v3.HealthCheck";
    }

    @Override
    public HttpFilterFactory compile(Any config, HttpFilterContext context) {
        HealthCheck proto = Types.unpack(config, HealthCheck.getDefaultInstance(), "");
        Fields.refuse(proto, "", "cache_time", "cluster_min_healthy_percentages");
        if (!proto.hasPassThroughMode()) {
            throw new ConfigRejected("pass_through_mode", "value is required");
        }
        List<HeaderMatcher> matchers = HeaderMatcher.compileAll(proto.getHeadersList(), "headers");
        boolean passThrough = proto.getPassThroughMode().getValue();
        BooleanSupplier failed = context.listener().draining();
        String cluster = context.services().node().cluster();
        return callbacks -> new HealthCheckFilter(matchers, passThrough, failed, cluster, callbacks);
    }

    @Override
    public Object compileForRoute(Any config, HttpFilterContext context) {
        throw ConfigRejected.unsupported("", "route configuration of the health check filter");
    }
}
