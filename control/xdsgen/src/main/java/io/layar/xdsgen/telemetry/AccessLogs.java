package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ExtensionFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ResponseFlagFilter;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.telemetry.WorkloadMode;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ListenerClass;
import org.jspecify.annotations.Nullable;

/**
 * The access logs of connection managers, TCP proxies and listeners.
 *
 * <p>Telemetry resources and default providers decide; without any, the mesh configuration's file and log service do.
 */
public final class AccessLogs {
    /** No filter chain fits: the only case that a listener has to log itself. */
    private static final AccessLogFilter NO_CHAIN = flag("NR");

    private final MeshConfig mesh;
    private final ImmutableList<Sink> server;
    private final ImmutableList<Sink> client;

    /** A sink with its own filter. */
    private record Sink(
            boolean disabled, AccessLog log, @Nullable AccessLogFilter filter) {}

    AccessLogs(TelemetryScope scope, MeshConfig mesh, Providers.ServiceLookup services) {
        this.mesh = mesh;
        this.server = sinks(scope, mesh, services, WorkloadMode.SERVER);
        this.client = sinks(scope, mesh, services, WorkloadMode.CLIENT);
    }

    private static ImmutableList<Sink> sinks(
            TelemetryScope scope, MeshConfig mesh, Providers.ServiceLookup services, WorkloadMode mode) {
        ImmutableList<String> defaults = mesh.defaultProviders() == null
                ? ImmutableList.of()
                : mesh.defaultProviders().accessLogging();
        ImmutableList.Builder<Sink> sinks = ImmutableList.builder();
        LoggingMerge.merge(scope.logging(), defaults, mode).forEach((name, decision) -> {
            ExtensionProvider provider = Providers.find(mesh, name);
            AccessLog log = provider == null ? null : LogSinks.of(provider, mesh, services);
            if (log != null) {
                sinks.add(new Sink(decision.disabled(), log, expression(decision.expression())));
            }
        });
        return sinks.build();
    }

    /** Of a connection manager. */
    public ImmutableList<AccessLog> http(ListenerClass side) {
        if (!sinks(side).isEmpty()) {
            return logs(side, null);
        }
        ImmutableList.Builder<AccessLog> logs = ImmutableList.builder();
        if (!mesh.accessLogFile().isEmpty()) {
            logs.add(LogSinks.file(mesh.accessLogFile(), mesh));
        }
        if (mesh.enableEnvoyAccessLogService()) {
            logs.add(LogSinks.httpService());
        }
        return logs.build();
    }

    /** Of a TCP proxy. */
    public ImmutableList<AccessLog> tcp(ListenerClass side) {
        if (!sinks(side).isEmpty()) {
            return logs(side, null);
        }
        ImmutableList.Builder<AccessLog> logs = ImmutableList.builder();
        if (!mesh.accessLogFile().isEmpty()) {
            logs.add(LogSinks.file(mesh.accessLogFile(), mesh));
        }
        if (mesh.enableEnvoyAccessLogService()) {
            logs.add(LogSinks.tcpService("tcp_envoy_accesslog"));
        }
        return logs.build();
    }

    /** Of a listener. */
    public ImmutableList<AccessLog> listener(ListenerClass side) {
        if (mesh.disableEnvoyListenerLog()) {
            return ImmutableList.of();
        }
        if (!sinks(side).isEmpty()) {
            return logs(side, NO_CHAIN);
        }
        ImmutableList.Builder<AccessLog> logs = ImmutableList.builder();
        if (!mesh.accessLogFile().isEmpty()) {
            logs.add(filtered(LogSinks.file(mesh.accessLogFile(), mesh), NO_CHAIN, null));
        }
        if (mesh.enableEnvoyAccessLogService()) {
            logs.add(filtered(LogSinks.tcpService("listener_envoy_accesslog"), NO_CHAIN, null));
        }
        return logs.build();
    }

    private ImmutableList<Sink> sinks(ListenerClass side) {
        return side == ListenerClass.SIDECAR_INBOUND ? server : client;
    }

    private ImmutableList<AccessLog> logs(ListenerClass side, @Nullable AccessLogFilter first) {
        return sinks(side).stream()
                .filter(sink -> !sink.disabled())
                .map(sink -> filtered(sink.log(), first, sink.filter()))
                .collect(ImmutableList.toImmutableList());
    }

    private static AccessLog filtered(
            AccessLog log, @Nullable AccessLogFilter first, @Nullable AccessLogFilter second) {
        if (first == null && second == null) {
            return log;
        }
        AccessLog.Builder out = log.toBuilder();
        if (first != null && second != null) {
            return out.setFilter(AccessLogFilter.newBuilder()
                            .setAndFilter(
                                    AndFilter.newBuilder().addFilters(first).addFilters(second)))
                    .build();
        }
        return out.setFilter(first == null ? second : first).build();
    }

    private static @Nullable AccessLogFilter expression(@Nullable String expression) {
        return expression == null
                ? null
                : AccessLogFilter.newBuilder()
                        .setExtensionFilter(ExtensionFilter.newBuilder()
                                .setName("envoy.access_loggers.extension_filters.cel")
                                .setTypedConfig(Protos.pack(ExpressionFilter.newBuilder()
                                        .setExpression(expression)
                                        .build())))
                        .build();
    }

    private static AccessLogFilter flag(String flag) {
        return AccessLogFilter.newBuilder()
                .setResponseFlagFilter(ResponseFlagFilter.newBuilder().addFlags(flag))
                .build();
    }
}
