package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import io.layar.config.yaml.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A named provider of tracing, logs, metrics, authorization or secrets. */
public record ExtensionProvider(
        String name,
        @OneOf("provider") @Nullable EnvoyExternalAuthorizationHttpProvider envoyExtAuthzHttp,
        @OneOf("provider") @Nullable EnvoyExternalAuthorizationGrpcProvider envoyExtAuthzGrpc,
        @OneOf("provider") @Nullable ZipkinTracingProvider zipkin,
        @OneOf("provider") @Nullable LightstepTracingProvider lightstep,
        @OneOf("provider") @Nullable DatadogTracingProvider datadog,
        @OneOf("provider") @Nullable StackdriverProvider stackdriver,
        @OneOf("provider") @Nullable OpenCensusAgentTracingProvider opencensus,
        @OneOf("provider") @Nullable SkyWalkingTracingProvider skywalking,
        @OneOf("provider") @Nullable OpenTelemetryTracingProvider opentelemetry,
        @OneOf("provider") @Nullable PrometheusMetricsProvider prometheus,
        @OneOf("provider") @Nullable EnvoyFileAccessLogProvider envoyFileAccessLog,
        @OneOf("provider") @Nullable EnvoyHttpGrpcV3LogProvider envoyHttpAls,
        @OneOf("provider") @Nullable EnvoyTcpGrpcV3LogProvider envoyTcpAls,
        @OneOf("provider") @Nullable EnvoyOpenTelemetryLogProvider envoyOtelAls,
        @OneOf("provider") @Nullable SDSProvider sds) {
    /** The values of {@code ServiceAttributeEnrichment} in {@link ExtensionProvider}. */
    public enum ServiceAttributeEnrichment {
        ISTIO_CANONICAL,
        OTEL_SEMANTIC_CONVENTIONS
    }

    /** The {@code EnvoyExternalAuthorizationRequestBody} message of {@link ExtensionProvider}. */
    public record EnvoyExternalAuthorizationRequestBody(
            @Unsigned int maxRequestBytes, boolean allowPartialMessage, boolean packAsBytes) {}

    /** The {@code EnvoyExternalAuthorizationHttpProvider} message of {@link ExtensionProvider}. */
    public record EnvoyExternalAuthorizationHttpProvider(
            String service,
            @Unsigned int port,
            @Nullable Duration timeout,
            String pathPrefix,
            boolean failOpen,
            boolean clearRouteCache,
            String statusOnError,
            ImmutableList<String> includeHeadersInCheck,
            ImmutableList<String> includeRequestHeadersInCheck,
            ImmutableMap<String, String> includeAdditionalHeadersInCheck,
            @Nullable EnvoyExternalAuthorizationRequestBody includeRequestBodyInCheck,
            ImmutableList<String> headersToUpstreamOnAllow,
            ImmutableList<String> headersToDownstreamOnDeny,
            ImmutableList<String> headersToDownstreamOnAllow) {}

    /** The {@code EnvoyExternalAuthorizationGrpcProvider} message of {@link ExtensionProvider}. */
    public record EnvoyExternalAuthorizationGrpcProvider(
            String service,
            @Unsigned int port,
            @Nullable Duration timeout,
            boolean failOpen,
            boolean clearRouteCache,
            String statusOnError,
            @Nullable EnvoyExternalAuthorizationRequestBody includeRequestBodyInCheck) {}

    /** The {@code ZipkinTracingProvider} message of {@link ExtensionProvider}. */
    public record ZipkinTracingProvider(
            String service,
            @Unsigned int port,
            @Unsigned int maxTagLength,
            boolean enable64bitTraceId,
            String path,
            TraceContextOption traceContextOption,
            @Nullable Duration timeout,
            ImmutableList<HttpHeader> headers) {
        /** The values of {@code TraceContextOption} in {@link ZipkinTracingProvider}. */
        public enum TraceContextOption {
            USE_B3,
            USE_B3_WITH_W3C_PROPAGATION
        }
    }

    /** The {@code LightstepTracingProvider} message of {@link ExtensionProvider}. */
    public record LightstepTracingProvider(
            String service,
            @Unsigned int port,
            String accessToken,
            @Unsigned int maxTagLength) {}

    /** The {@code DatadogTracingProvider} message of {@link ExtensionProvider}. */
    public record DatadogTracingProvider(
            String service, @Unsigned int port, @Unsigned int maxTagLength) {}

    /** The {@code SkyWalkingTracingProvider} message of {@link ExtensionProvider}. */
    public record SkyWalkingTracingProvider(
            String service, @Unsigned int port, String accessToken) {}

    /** The {@code StackdriverProvider} message of {@link ExtensionProvider}. */
    public record StackdriverProvider(
            boolean debug,
            @Nullable Long maxNumberOfAttributes,
            @Nullable Long maxNumberOfAnnotations,
            @Nullable Long maxNumberOfMessageEvents,
            @Unsigned int maxTagLength,
            @Nullable Logging logging) {
        /** The {@code Logging} message of {@link StackdriverProvider}. */
        public record Logging(ImmutableMap<String, String> labels) {}
    }

    /** The {@code OpenCensusAgentTracingProvider} message of {@link ExtensionProvider}. */
    public record OpenCensusAgentTracingProvider(
            String service,
            @Unsigned int port,
            ImmutableList<TraceContext> context,
            @Unsigned int maxTagLength) {
        /** The values of {@code TraceContext} in {@link OpenCensusAgentTracingProvider}. */
        public enum TraceContext {
            UNSPECIFIED,
            W3C_TRACE_CONTEXT,
            GRPC_BIN,
            CLOUD_TRACE_CONTEXT,
            B3
        }
    }

    /** The {@code PrometheusMetricsProvider} message of {@link ExtensionProvider}. */
    public record PrometheusMetricsProvider() {}

    /** The {@code EnvoyFileAccessLogProvider} message of {@link ExtensionProvider}. */
    public record EnvoyFileAccessLogProvider(
            String path, @Nullable LogFormat logFormat, boolean omitEmptyValues) {
        /** The {@code LogFormat} message of {@link EnvoyFileAccessLogProvider}. */
        public record LogFormat(
                @OneOf("log_format") @Nullable String text,
                @OneOf("log_format") Value.@Nullable Obj labels) {}
    }

    /** The {@code EnvoyHttpGrpcV3LogProvider} message of {@link ExtensionProvider}. */
    public record EnvoyHttpGrpcV3LogProvider(
            String service,
            @Unsigned int port,
            String logName,
            ImmutableList<String> filterStateObjectsToLog,
            ImmutableList<String> additionalRequestHeadersToLog,
            ImmutableList<String> additionalResponseHeadersToLog,
            ImmutableList<String> additionalResponseTrailersToLog) {}

    /** The {@code EnvoyTcpGrpcV3LogProvider} message of {@link ExtensionProvider}. */
    public record EnvoyTcpGrpcV3LogProvider(
            String service, @Unsigned int port, String logName, ImmutableList<String> filterStateObjectsToLog) {}

    /** The {@code EnvoyOpenTelemetryLogProvider} message of {@link ExtensionProvider}. */
    public record EnvoyOpenTelemetryLogProvider(
            String service,
            @Unsigned int port,
            String logName,
            @Nullable LogFormat logFormat) {
        /** The {@code LogFormat} message of {@link EnvoyOpenTelemetryLogProvider}. */
        public record LogFormat(String text, Value.@Nullable Obj labels) {}
    }

    /** The {@code OpenTelemetryTracingProvider} message of {@link ExtensionProvider}. */
    public record OpenTelemetryTracingProvider(
            String service,
            @Unsigned int port,
            @Unsigned int maxTagLength,
            @Nullable HttpService http,
            @Nullable GrpcService grpc,
            @Nullable ResourceDetectors resourceDetectors,
            ServiceAttributeEnrichment serviceAttributeEnrichment,
            @OneOf("sampling") @Nullable DynatraceSampler dynatraceSampler) {
        /** The {@code DynatraceSampler} message of {@link OpenTelemetryTracingProvider}. */
        public record DynatraceSampler(
                String tenant,
                int clusterId,
                @Unsigned int rootSpansPerMinute,
                @Nullable DynatraceApi httpService) {
            /** The {@code DynatraceApi} message of {@link DynatraceSampler}. */
            public record DynatraceApi(
                    String service,
                    @Unsigned int port,
                    @Nullable HttpService http) {}
        }
    }

    /** The {@code SDSProvider} message of {@link ExtensionProvider}. */
    public record SDSProvider(
            String name, String service, @Unsigned int port) {}

    /** The {@code HttpService} message of {@link ExtensionProvider}. */
    public record HttpService(String path, @Nullable Duration timeout, ImmutableList<HttpHeader> headers) {}

    /** The {@code HttpHeader} message of {@link ExtensionProvider}. */
    public record HttpHeader(
            String name,
            @OneOf("header_value") @Nullable String value,
            @OneOf("header_value") @Nullable String envName) {}

    /** The {@code ResourceDetectors} message of {@link ExtensionProvider}. */
    public record ResourceDetectors(
            @Nullable EnvironmentResourceDetector environment,
            @Nullable DynatraceResourceDetector dynatrace) {
        /** The {@code EnvironmentResourceDetector} message of {@link ResourceDetectors}. */
        public record EnvironmentResourceDetector() {}

        /** The {@code DynatraceResourceDetector} message of {@link ResourceDetectors}. */
        public record DynatraceResourceDetector() {}
    }

    /** The {@code GrpcService} message of {@link ExtensionProvider}. */
    public record GrpcService(@Nullable Duration timeout, ImmutableList<HttpHeader> initialMetadata) {}
}
