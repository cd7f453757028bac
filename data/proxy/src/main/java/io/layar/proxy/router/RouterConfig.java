package io.layar.proxy.router;

import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.http.HttpFilterContext;
import io.layar.proxy.network.Services;
import java.util.List;
import java.util.Locale;

/** A router filter's configuration and its counters. Thread: any (immutable). */
record RouterConfig(
        boolean dynamicStats,
        boolean suppressEnvoyHeaders,
        boolean respectExpectedTimeout,
        boolean suppressGrpcFailureStats,
        List<String> strictHeaders,
        RouterStats stats,
        Services services) {
    private static final String UPSTREAM_CODEC = "envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec";

    static RouterConfig compile(Router proto, HttpFilterContext context) {
        Fields.refuse(proto, "", "upstream_log");
        proto.getUpstreamHttpFiltersList().forEach(filter -> {
            String type = Types.nameOf(filter.getTypedConfig().getTypeUrl());
            if (!type.equals(UPSTREAM_CODEC)) {
                throw ConfigRejected.unsupported("upstream_http_filters", filter.getName());
            }
        });
        return new RouterConfig(
                !proto.hasDynamicStats() || proto.getDynamicStats().getValue(),
                proto.getSuppressEnvoyHeaders(),
                proto.getRespectExpectedRqTimeout(),
                proto.getSuppressGrpcRequestFailureCodeStats(),
                proto.getStrictCheckHeadersList().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                RouterStats.of(context.stats().scope(context.statPrefix())),
                context.services());
    }

    RuntimeValues runtime() {
        return services.runtime();
    }
}
