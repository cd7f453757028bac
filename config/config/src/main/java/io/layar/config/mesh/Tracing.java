package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import io.layar.config.networking.ClientTLSSettings;
import org.jspecify.annotations.Nullable;

/** Where and how a proxy reports traces (proxy configuration). */
public record Tracing(
        @OneOf("tracer") @Nullable Zipkin zipkin,
        @OneOf("tracer") @Nullable Lightstep lightstep,
        @OneOf("tracer") @Nullable Datadog datadog,
        @OneOf("tracer") @Nullable Stackdriver stackdriver,
        @OneOf("tracer") @Nullable OpenCensusAgent openCensusAgent,
        ImmutableMap<String, CustomTag> customTags,
        @Unsigned int maxPathTagLength,
        double sampling,
        @Nullable ClientTLSSettings tlsSettings,
        @Nullable Boolean enableIstioTags) {
    /** The {@code Zipkin} message of {@link Tracing}. */
    public record Zipkin(String address) {}

    /** The {@code Lightstep} message of {@link Tracing}. */
    public record Lightstep(String address, String accessToken) {}

    /** The {@code Datadog} message of {@link Tracing}. */
    public record Datadog(String address) {}

    /** The {@code Stackdriver} message of {@link Tracing}. */
    public record Stackdriver(
            boolean debug,
            @Nullable Long maxNumberOfAttributes,
            @Nullable Long maxNumberOfAnnotations,
            @Nullable Long maxNumberOfMessageEvents) {}

    /** The {@code OpenCensusAgent} message of {@link Tracing}. */
    public record OpenCensusAgent(String address, ImmutableList<TraceContext> context) {
        /** The values of {@code TraceContext} in {@link OpenCensusAgent}. */
        public enum TraceContext {
            UNSPECIFIED,
            W3C_TRACE_CONTEXT,
            GRPC_BIN,
            CLOUD_TRACE_CONTEXT,
            B3
        }
    }

    /** The {@code CustomTag} message of {@link Tracing}. */
    public record CustomTag(
            @OneOf("type") @Nullable Literal literal,
            @OneOf("type") @Nullable Environment environment,
            @OneOf("type") @Nullable RequestHeader header) {}

    /** The {@code Literal} message of {@link Tracing}. */
    public record Literal(String value) {}

    /** The {@code Environment} message of {@link Tracing}. */
    public record Environment(String name, String defaultValue) {}

    /** The {@code RequestHeader} message of {@link Tracing}. */
    public record RequestHeader(String name, String defaultValue) {}
}
