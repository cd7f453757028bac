package io.layar.proxy.core.health;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.health_check.event_sinks.file.v3.HealthCheckEventFileSink;
import io.envoyproxy.envoy.type.v3.CodecClientType;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.config.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Compiles health checks. */
final class HealthCheckCompiler {
    private static final long DEFAULT_NO_TRAFFIC_MILLIS = 60_000;

    private HealthCheckCompiler() {}

    static HealthCheckConfig compile(HealthCheck p) {
        Fields.refuse(p, "", "event_service", "custom_health_check");
        if (!p.hasTimeout() || !p.hasInterval() || !p.hasUnhealthyThreshold() || !p.hasHealthyThreshold()) {
            throw new ConfigRejected("", "timeout, interval, unhealthy_threshold and healthy_threshold are required");
        }
        return new HealthCheckConfig(
                probe(p),
                Durations.millis(p.getTimeout()),
                intervals(p),
                p.getUnhealthyThreshold().getValue(),
                p.getHealthyThreshold().getValue(),
                p.hasAltPort() ? p.getAltPort().getValue() : 0,
                !p.hasReuseConnection() || p.getReuseConnection().getValue(),
                new HealthCheckConfig.Events(
                        eventPath(p), p.getAlwaysLogHealthCheckFailures(), p.getAlwaysLogHealthCheckSuccess()),
                List.copyOf(p.getTlsOptions().getAlpnProtocolsList()),
                p.hasTransportSocketMatchCriteria() ? p.getTransportSocketMatchCriteria() : null);
    }

    private static HealthCheckConfig.Intervals intervals(HealthCheck p) {
        long normal = Durations.millis(p.getInterval());
        long noTraffic = orElse(p.hasNoTrafficInterval(), p.getNoTrafficInterval(), DEFAULT_NO_TRAFFIC_MILLIS);
        long unhealthy = orElse(p.hasUnhealthyInterval(), p.getUnhealthyInterval(), normal);
        return new HealthCheckConfig.Intervals(
                normal,
                Durations.millis(p.getInitialJitter()),
                Durations.millis(p.getIntervalJitter()),
                p.getIntervalJitterPercent(),
                noTraffic,
                orElse(p.hasNoTrafficHealthyInterval(), p.getNoTrafficHealthyInterval(), noTraffic),
                unhealthy,
                orElse(p.hasUnhealthyEdgeInterval(), p.getUnhealthyEdgeInterval(), unhealthy),
                orElse(p.hasHealthyEdgeInterval(), p.getHealthyEdgeInterval(), normal));
    }

    private static long orElse(boolean present, Duration duration, long otherwise) {
        return Durations.millis(present, duration, otherwise);
    }

    private static String eventPath(HealthCheck p) {
        String path = p.getEventLogPath();
        for (TypedExtensionConfig logger : p.getEventLoggerList()) {
            if (!path.isEmpty()) {
                throw ConfigRejected.unsupported("event_logger", "more than one event log");
            }
            path = Types.unpack(
                            logger.getTypedConfig(),
                            HealthCheckEventFileSink.getDefaultInstance(),
                            "event_logger.typed_config")
                    .getEventLogPath();
        }
        return path;
    }

    private static HealthCheckConfig.Probe probe(HealthCheck p) {
        return switch (p.getHealthCheckerCase()) {
            case HTTP_HEALTH_CHECK -> http(p.getHttpHealthCheck());
            case TCP_HEALTH_CHECK -> tcp(p.getTcpHealthCheck());
            case GRPC_HEALTH_CHECK -> {
                HealthCheck.GrpcHealthCheck grpc = p.getGrpcHealthCheck();
                yield new HealthCheckConfig.Probe.Grpc(
                        grpc.getServiceName(), grpc.getAuthority(), grpc.getInitialMetadataList());
            }
            case CUSTOM_HEALTH_CHECK ->
                throw ConfigRejected.unsupported(
                        "custom_health_check", p.getCustomHealthCheck().getName());
            case HEALTHCHECKER_NOT_SET -> throw new ConfigRejected("", "health_checker is required");
        };
    }

    private static HealthCheckConfig.Probe tcp(HealthCheck.TcpHealthCheck p) {
        Fields.refuse(p, "tcp_health_check", "proxy_protocol_config");
        return new HealthCheckConfig.Probe.Tcp(
                p.hasSend() ? bytes(p.getSend()) : new byte[0],
                p.getReceiveList().stream().map(HealthCheckCompiler::bytes).toList());
    }

    private static byte[] bytes(HealthCheck.Payload payload) {
        return switch (payload.getPayloadCase()) {
            // The field is called text, and holds hex digits.
            case TEXT -> HexFormat.of().parseHex(payload.getText().toLowerCase(Locale.ROOT));
            case BINARY -> payload.getBinary().toByteArray();
            case PAYLOAD_NOT_SET -> new byte[0];
        };
    }

    private static HealthCheckConfig.Probe http(HealthCheck.HttpHealthCheck p) {
        if (p.getCodecClientType() == CodecClientType.HTTP3) {
            throw ConfigRejected.unsupported("http_health_check.codec_client_type", "HTTP3");
        }
        List<HealthCheckConfig.Range> expected = ranges(p.getExpectedStatusesList());
        return new HealthCheckConfig.Probe.Http(
                p.getHost(),
                p.getPath(),
                p.getMethod() == RequestMethod.METHOD_UNSPECIFIED
                        ? "GET"
                        : p.getMethod().name(),
                p.getCodecClientType() == CodecClientType.HTTP2,
                expected.isEmpty() ? List.of(new HealthCheckConfig.Range(200, 201)) : expected,
                ranges(p.getRetriableStatusesList()),
                p.getRequestHeadersToAddList(),
                p.getRequestHeadersToRemoveList().stream()
                        .map(h -> h.toLowerCase(Locale.ROOT))
                        .toList(),
                p.hasSend() ? bytes(p.getSend()) : new byte[0],
                p.getReceiveList().stream().map(HealthCheckCompiler::bytes).toList(),
                p.hasServiceNameMatcher() ? p.getServiceNameMatcher() : null);
    }

    private static List<HealthCheckConfig.Range> ranges(List<Int64Range> ranges) {
        List<HealthCheckConfig.Range> all = new ArrayList<>();
        for (Int64Range range : ranges) {
            if (range.getStart() >= range.getEnd() || range.getStart() < 100 || range.getEnd() > 600) {
                throw new ConfigRejected(
                        "http_health_check",
                        "Invalid http status range: expecting start < end within [100, 600), but found ["
                                + range.getStart() + ", " + range.getEnd() + ")");
            }
            all.add(new HealthCheckConfig.Range(range.getStart(), range.getEnd()));
        }
        return List.copyOf(all);
    }
}
