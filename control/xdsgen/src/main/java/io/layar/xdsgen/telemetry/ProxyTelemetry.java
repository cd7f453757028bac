package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.ConfigSet;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.ProxyConfig;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.filterchain.HttpFilters;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.NetworkFilters;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Metrics, access logs and tracing of one proxy's listeners. Thread: any (immutable). */
public final class ProxyTelemetry {
    private final Map<ListenerClass, ImmutableList<Any>> stats;
    private final AccessLogs accessLogs;
    private final TracingSettings tracing;
    private final ImmutableList<String> origins;

    private ProxyTelemetry(
            Map<ListenerClass, ImmutableList<Any>> stats,
            AccessLogs accessLogs,
            TracingSettings tracing,
            ImmutableList<String> origins) {
        this.stats = stats;
        this.accessLogs = accessLogs;
        this.tracing = tracing;
        this.origins = origins;
    }

    /**
     * Of the proxy's Telemetry resources.
     *
     * @param environment the control plane's variables by name, empty text for an unset one
     */
    public static ProxyTelemetry of(
            ConfigSet config,
            MeshConfig mesh,
            Proxy proxy,
            ProxyConfig proxyConfig,
            Providers.ServiceLookup services,
            UnaryOperator<String> environment) {
        TelemetryScope scope = TelemetryScope.of(config, proxy, mesh.rootNamespace());
        Map<ListenerClass, ImmutableList<Any>> stats =
                Maps.toMap(Arrays.asList(ListenerClass.values()), side -> StatsFilters.of(scope, mesh, proxy, side));
        Tracers tracers = new Tracers(proxy, services, environment);
        return new ProxyTelemetry(
                stats,
                new AccessLogs(scope, mesh, services),
                new TracingSettings(scope, mesh, proxy, proxyConfig.tracing(), tracers),
                scope.origins());
    }

    public ImmutableList<HttpFilter> httpFilters(ListenerClass side) {
        return stats(side).stream()
                .map(config -> HttpFilters.filter(HttpFilters.STATS_NAME, config))
                .collect(ImmutableList.toImmutableList());
    }

    public ImmutableList<Filter> networkFilters(ListenerClass side) {
        return stats(side).stream()
                .map(config -> NetworkFilters.filter(HttpFilters.STATS_NAME, config))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Any> stats(ListenerClass side) {
        return stats.getOrDefault(side, ImmutableList.of());
    }

    public AccessLogs accessLogs() {
        return accessLogs;
    }

    public TracingSettings tracing() {
        return tracing;
    }

    /** The Telemetry resources that took part. */
    public ImmutableList<String> origins() {
        return origins;
    }
}
