package io.layar.proxy.codec;

/** Why a stream ended before its end. Source: Envoy's {@code StreamResetReason}. */
public enum ResetReason {
    LOCAL_RESET,
    LOCAL_REFUSED_STREAM_RESET,
    REMOTE_RESET,
    REMOTE_REFUSED_STREAM_RESET,
    LOCAL_CONNECTION_FAILURE,
    REMOTE_CONNECTION_FAILURE,
    CONNECTION_TIMEOUT,
    CONNECTION_TERMINATION,
    OVERFLOW,
    CONNECT_ERROR,
    PROTOCOL_ERROR,
    OVERLOAD_MANAGER
}
