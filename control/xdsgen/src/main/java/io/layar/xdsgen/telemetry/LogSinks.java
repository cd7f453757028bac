package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyFileAccessLogProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyHttpGrpcV3LogProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyOpenTelemetryLogProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyTcpGrpcV3LogProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.xdsgen.envoy.ConfigValues;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers.Target;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where access logs go: files, Envoy's log service, OpenTelemetry. */
final class LogSinks {
    private static final String FILE = "envoy.access_loggers.file";
    private static final String HTTP_GRPC = "envoy.access_loggers.http_grpc";
    private static final String TCP_GRPC = "envoy.tcp_grpc_access_log";
    private static final String OPEN_TELEMETRY = "envoy.access_loggers.open_telemetry";
    private static final String BUILT_IN_PROVIDER = "envoy";
    /** The log service's cluster in every proxy's bootstrap. */
    private static final Target BOOTSTRAP_SERVICE = new Target("", "envoy_accesslog_service");

    private static final ImmutableList<String> PEER_STATE = ImmutableList.of("upstream_peer", "downstream_peer");
    /** With the keys of older peers. */
    private static final ImmutableList<String> ALL_PEER_STATE = ImmutableList.of(
            "upstream_peer",
            "downstream_peer",
            "wasm.upstream_peer",
            "wasm.upstream_peer_id",
            "wasm.downstream_peer",
            "wasm.downstream_peer_id");

    private LogSinks() {}

    /** Null when the provider is not for access logs, or its service is unknown. */
    static @Nullable AccessLog of(ExtensionProvider provider, MeshConfig mesh, Providers.ServiceLookup services) {
        if (provider.envoyFileAccessLog() != null) {
            EnvoyFileAccessLogProvider file = provider.envoyFileAccessLog();
            boolean plain = file.logFormat() == null && !file.omitEmptyValues();
            return provider.name().equals(BUILT_IN_PROVIDER) && plain ? file(file.path(), mesh) : file(file);
        }
        if (provider.envoyHttpAls() != null) {
            EnvoyHttpGrpcV3LogProvider http = provider.envoyHttpAls();
            Target target = Providers.target(http.service(), http.port(), services);
            return target == null ? null : http(http, target);
        }
        if (provider.envoyTcpAls() != null) {
            EnvoyTcpGrpcV3LogProvider tcp = provider.envoyTcpAls();
            Target target = Providers.target(tcp.service(), tcp.port(), services);
            return target == null
                    ? null
                    : tcpService(
                            named(tcp.logName(), "tcp_envoy_accesslog"), target, state(tcp.filterStateObjectsToLog()));
        }
        if (provider.envoyOtelAls() != null) {
            EnvoyOpenTelemetryLogProvider otel = provider.envoyOtelAls();
            Target target = Providers.target(otel.service(), otel.port(), services);
            return target == null ? null : openTelemetry(otel, target);
        }
        return null;
    }

    /** To a file in the format of the mesh configuration. */
    static AccessLog file(String path, MeshConfig mesh) {
        boolean json = mesh.accessLogEncoding() == MeshConfig.AccessLogEncoding.JSON;
        SubstitutionFormatString format = json
                ? LogFormats.json(parse(mesh.accessLogFormat()), false)
                : LogFormats.text(mesh.accessLogFormat(), false);
        return file(path, format);
    }

    /** The fields of a JSON format; none when the text is not JSON, so that the built-in ones are used. */
    private static Struct parse(String json) {
        Struct.Builder fields = Struct.newBuilder();
        if (!json.isEmpty()) {
            try {
                EnvoyTypes.fromJson(json, fields);
            } catch (IllegalArgumentException e) {
                return Struct.getDefaultInstance();
            }
        }
        return fields.build();
    }

    private static AccessLog file(EnvoyFileAccessLogProvider file) {
        String path = file.path().isEmpty() ? "/dev/stdout" : file.path();
        EnvoyFileAccessLogProvider.LogFormat format = file.logFormat();
        if (format != null && format.labels() != null) {
            return file(path, LogFormats.json(ConfigValues.struct(format.labels()), file.omitEmptyValues()));
        }
        if (format != null && format.text() == null) {
            return log(FILE, FileAccessLog.newBuilder().setPath(path).build());
        }
        String text = format == null || format.text() == null ? "" : format.text();
        return file(path, LogFormats.text(text, file.omitEmptyValues()));
    }

    private static AccessLog file(String path, SubstitutionFormatString format) {
        return log(
                FILE,
                FileAccessLog.newBuilder().setPath(path).setLogFormat(format).build());
    }

    private static AccessLog http(EnvoyHttpGrpcV3LogProvider http, Target target) {
        return log(
                HTTP_GRPC,
                HttpGrpcAccessLogConfig.newBuilder()
                        .setCommonConfig(common(
                                named(http.logName(), "http_envoy_accesslog"),
                                target,
                                state(http.filterStateObjectsToLog())))
                        .addAllAdditionalRequestHeadersToLog(http.additionalRequestHeadersToLog())
                        .addAllAdditionalResponseHeadersToLog(http.additionalResponseHeadersToLog())
                        .addAllAdditionalResponseTrailersToLog(http.additionalResponseTrailersToLog())
                        .build());
    }

    /** To the log service that the bootstrap names, for HTTP. */
    static AccessLog httpService() {
        return log(
                HTTP_GRPC,
                HttpGrpcAccessLogConfig.newBuilder()
                        .setCommonConfig(common("http_envoy_accesslog", BOOTSTRAP_SERVICE, ALL_PEER_STATE))
                        .build());
    }

    /** To the log service that the bootstrap names, for connections. */
    static AccessLog tcpService(String logName) {
        return tcpService(logName, BOOTSTRAP_SERVICE, ALL_PEER_STATE);
    }

    private static AccessLog tcpService(String logName, Target target, List<String> state) {
        return log(
                TCP_GRPC,
                TcpGrpcAccessLogConfig.newBuilder()
                        .setCommonConfig(common(logName, target, state))
                        .build());
    }

    private static AccessLog openTelemetry(EnvoyOpenTelemetryLogProvider otel, Target target) {
        EnvoyOpenTelemetryLogProvider.LogFormat format = otel.logFormat();
        String text = format == null || format.text().isEmpty() ? LogFormats.DEFAULT_TEXT : format.text();
        Struct labels = ConfigValues.struct(format == null ? null : format.labels());
        OpenTelemetryAccessLogConfig.Builder config = OpenTelemetryAccessLogConfig.newBuilder()
                .setCommonConfig(common(named(otel.logName(), "otel_envoy_accesslog"), target, ALL_PEER_STATE))
                .setDisableBuiltinLabels(true)
                .setBody(AnyValue.newBuilder().setStringValue(text))
                .addAllFormatters(LogFormats.formatters(text, labels));
        if (labels.getFieldsCount() > 0) {
            KeyValueList.Builder attributes = KeyValueList.newBuilder();
            new TreeMap<>(labels.getFieldsMap())
                    .forEach((key, value) -> attributes.addValues(KeyValue.newBuilder()
                            .setKey(key)
                            .setValue(AnyValue.newBuilder().setStringValue(value.getStringValue()))));
            config.setAttributes(attributes);
        }
        return log(OPEN_TELEMETRY, config.build());
    }

    private static CommonGrpcAccessLogConfig common(String logName, Target target, List<String> state) {
        return CommonGrpcAccessLogConfig.newBuilder()
                .setLogName(logName)
                .setGrpcService(GrpcService.newBuilder()
                        .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                                .setClusterName(target.cluster())
                                .setAuthority(target.host())))
                .setTransportApiVersion(ApiVersion.V3)
                .addAllFilterStateObjectsToLog(state)
                .build();
    }

    private static List<String> state(List<String> chosen) {
        return chosen.isEmpty() ? PEER_STATE : chosen;
    }

    private static String named(String name, String byDefault) {
        return name.isEmpty() ? byDefault : name;
    }

    private static AccessLog log(String name, Message config) {
        return AccessLog.newBuilder()
                .setName(name)
                .setTypedConfig(Protos.pack(config))
                .build();
    }
}
