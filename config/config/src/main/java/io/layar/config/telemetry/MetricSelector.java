package io.layar.config.telemetry;

import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import org.jspecify.annotations.Nullable;

/** Metrics by name and role of the workload. */
public record MetricSelector(
        @OneOf("metric_match") @Nullable IstioMetric metric,

        @Limits(minSize = 1) @OneOf("metric_match") @Nullable
        String customMetric,

        WorkloadMode mode) {
    /** The values of {@code IstioMetric} in {@link MetricSelector}. */
    public enum IstioMetric {
        ALL_METRICS,
        REQUEST_COUNT,
        REQUEST_DURATION,
        REQUEST_SIZE,
        RESPONSE_SIZE,
        TCP_OPENED_CONNECTIONS,
        TCP_CLOSED_CONNECTIONS,
        TCP_SENT_BYTES,
        TCP_RECEIVED_BYTES,
        GRPC_REQUEST_MESSAGES,
        GRPC_RESPONSE_MESSAGES
    }
}
