package io.layar.config.telemetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Required;
import org.jspecify.annotations.Nullable;

/** How the selected proxies report traces (Telemetry resource). */
public record Tracing(
        @Nullable TracingSelector match,
        ImmutableList<ProviderRef> providers,
        @Limits(max = 100) @Nullable Double randomSamplingPercentage,
        @Nullable Boolean disableSpanReporting,
        ImmutableMap<String, CustomTag> customTags,
        @Nullable Boolean useRequestIdForTraceSampling,
        @Nullable Boolean enableIstioTags,
        @Nullable Boolean disableContextPropagation) {
    /** The {@code TracingSelector} message of {@link Tracing}. */
    public record TracingSelector(WorkloadMode mode) {}

    /** The {@code CustomTag} message of {@link Tracing}. */
    public record CustomTag(
            @OneOf("type") @Nullable Literal literal,
            @OneOf("type") @Nullable Environment environment,
            @OneOf("type") @Nullable RequestHeader header,
            @OneOf("type") @Nullable Formatter formatter) {}

    /** The {@code Literal} message of {@link Tracing}. */
    public record Literal(@Required @Limits(minSize = 1) String value) {}

    /** The {@code Environment} message of {@link Tracing}. */
    public record Environment(@Required @Limits(minSize = 1) String name, String defaultValue) {}

    /** The {@code RequestHeader} message of {@link Tracing}. */
    public record RequestHeader(
            @Required @Limits(minSize = 1) String name, String defaultValue) {}

    /** The {@code Formatter} message of {@link Tracing}. */
    public record Formatter(@Required @Limits(minSize = 1) String value) {}
}
