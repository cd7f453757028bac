package io.layar.proxy.router;

/** Names of the {@code x-envoy-} headers that the router reads and writes. */
final class EnvoyHeaders {
    static final String ATTEMPT_COUNT = "x-envoy-attempt-count";
    static final String EXPECTED_TIMEOUT = "x-envoy-expected-rq-timeout-ms";
    static final String TIMEOUT = "x-envoy-upstream-rq-timeout-ms";
    static final String PER_TRY_TIMEOUT = "x-envoy-upstream-rq-per-try-timeout-ms";
    static final String ALT_RESPONSE = "x-envoy-upstream-rq-timeout-alt-response";
    static final String STREAM_DURATION = "x-envoy-upstream-stream-duration-ms";
    static final String HEDGE = "x-envoy-hedge-on-per-try-timeout";
    static final String TIMEOUT_RETRY = "x-envoy-is-timeout-retry";
    static final String SERVICE_TIME = "x-envoy-upstream-service-time";
    static final String OVERLOADED = "x-envoy-overloaded";
    static final String UNCONDITIONAL_DROP = "x-envoy-unconditional-drop-overload";
    static final String DROP = "x-envoy-drop-overload";
    static final String IMMEDIATE_FAIL = "x-envoy-immediate-health-check-fail";
    static final String GRPC_TIMEOUT = "grpc-timeout";

    private EnvoyHeaders() {}
}
