package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.proxy.ProxyType;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.istio.stats.MetricConfig;
import io.layar.xdsgen.istio.stats.PluginConfig;
import io.layar.xdsgen.istio.stats.Reporter;

/** Configurations of the metrics filter: one a Prometheus provider. */
final class StatsFilters {
    private static final ImmutableMap<String, String> PROMETHEUS_NAMES = ImmutableMap.<String, String>builder()
            .put("REQUEST_COUNT", "requests_total")
            .put("REQUEST_DURATION", "request_duration_milliseconds")
            .put("REQUEST_SIZE", "request_bytes")
            .put("RESPONSE_SIZE", "response_bytes")
            .put("TCP_OPENED_CONNECTIONS", "tcp_connections_opened_total")
            .put("TCP_CLOSED_CONNECTIONS", "tcp_connections_closed_total")
            .put("TCP_SENT_BYTES", "tcp_sent_bytes_total")
            .put("TCP_RECEIVED_BYTES", "tcp_received_bytes_total")
            .put("GRPC_REQUEST_MESSAGES", "request_messages_total")
            .put("GRPC_RESPONSE_MESSAGES", "response_messages_total")
            .buildOrThrow();

    private StatsFilters() {}

    /** Order: by provider's name. */
    static ImmutableList<Any> of(TelemetryScope scope, MeshConfig mesh, Proxy proxy, ListenerClass side) {
        ImmutableList<String> defaults = mesh.defaultProviders() == null
                ? ImmutableList.of()
                : mesh.defaultProviders().metrics();
        ImmutableList.Builder<Any> filters = ImmutableList.builder();
        MetricsMerge.merge(scope.metrics(), defaults).forEach((name, merged) -> {
            ExtensionProvider provider = Providers.find(mesh, name);
            MetricsMerge.Side metrics = side == ListenerClass.SIDECAR_INBOUND ? merged.server() : merged.client();
            if (provider != null && provider.prometheus() != null && !metrics.disabled()) {
                filters.add(Protos.pack(config(merged, metrics, proxy, side)));
            }
        });
        return filters.build();
    }

    private static PluginConfig config(
            MetricsMerge.Merged merged, MetricsMerge.Side metrics, Proxy proxy, ListenerClass side) {
        PluginConfig.Builder config =
                PluginConfig.newBuilder().setDisableHostHeaderFallback(side != ListenerClass.SIDECAR_OUTBOUND);
        if (merged.reportingInterval() != null) {
            config.setTcpReportingDuration(Protos.duration(merged.reportingInterval()));
        }
        if (proxy.type() == ProxyType.WAYPOINT) {
            config.setReporter(Reporter.SERVER_GATEWAY);
        }
        metrics.overrides().forEach(override -> config.addMetrics(metric(override)));
        return config.build();
    }

    private static MetricConfig metric(MetricsMerge.Override override) {
        MetricConfig.Builder metric = MetricConfig.newBuilder()
                .setName(PROMETHEUS_NAMES.getOrDefault(override.metric(), override.metric()))
                .setDrop(override.disabled());
        override.tags().forEach((tag, value) -> {
            if (value == null) {
                metric.addTagsToRemove(tag);
            } else {
                metric.putDimensions(tag, value);
            }
        });
        return metric.build();
    }
}
