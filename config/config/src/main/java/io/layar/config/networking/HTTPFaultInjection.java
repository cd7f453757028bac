package io.layar.config.networking;

import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Delays and aborts that are injected for testing. */
public record HTTPFaultInjection(
        @Nullable Delay delay, @Nullable Abort abort) {
    /** The {@code Delay} message of {@link HTTPFaultInjection}. */
    public record Delay(
            int percent,

            @Limits(atLeastOneMillisecond = true) @OneOf("http_delay_type") @Nullable
            Duration fixedDelay,

            @Limits(atLeastOneMillisecond = true) @OneOf("http_delay_type") @Nullable
            Duration exponentialDelay,

            @Nullable Percent percentage) {}

    /** The {@code Abort} message of {@link HTTPFaultInjection}. */
    public record Abort(
            @OneOf("error_type") @Nullable Integer httpStatus,
            @OneOf("error_type") @Nullable String grpcStatus,
            @OneOf("error_type") @Nullable String http2Error,
            @Nullable Percent percentage) {}
}
