package io.layar.proxy.router;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.retry.RetryState;
import io.layar.proxy.core.stream.ResponseFlag;

/** What a reset of an upstream stream is called, and which flag and retry word it stands for. Source: Envoy's texts. */
final class ResetTexts {
    private ResetTexts() {}

    static String text(ResetReason reason) {
        return switch (reason) {
            case LOCAL_RESET -> "local reset";
            case LOCAL_REFUSED_STREAM_RESET -> "local refused stream reset";
            case REMOTE_RESET -> "remote reset";
            case REMOTE_REFUSED_STREAM_RESET -> "remote refused stream reset";
            case LOCAL_CONNECTION_FAILURE -> "local connection failure";
            case REMOTE_CONNECTION_FAILURE -> "remote connection failure";
            case CONNECTION_TIMEOUT -> "connection timeout";
            case CONNECTION_TERMINATION -> "connection termination";
            case OVERFLOW -> "overflow";
            case CONNECT_ERROR -> "remote error with CONNECT request";
            case PROTOCOL_ERROR -> "protocol error";
            case OVERLOAD_MANAGER -> "overload manager reset";
        };
    }

    static ResponseFlag flag(ResetReason reason) {
        return switch (reason) {
            case LOCAL_CONNECTION_FAILURE, REMOTE_CONNECTION_FAILURE, CONNECTION_TIMEOUT ->
                ResponseFlag.UPSTREAM_CONNECTION_FAILURE;
            case CONNECTION_TERMINATION -> ResponseFlag.UPSTREAM_CONNECTION_TERMINATION;
            case LOCAL_RESET, LOCAL_REFUSED_STREAM_RESET -> ResponseFlag.LOCAL_RESET;
            case OVERFLOW -> ResponseFlag.UPSTREAM_OVERFLOW;
            case REMOTE_RESET, REMOTE_REFUSED_STREAM_RESET, CONNECT_ERROR -> ResponseFlag.UPSTREAM_REMOTE_RESET;
            case PROTOCOL_ERROR -> ResponseFlag.UPSTREAM_PROTOCOL_ERROR;
            case OVERLOAD_MANAGER -> ResponseFlag.OVERLOAD_MANAGER;
        };
    }

    static RetryState.Reset kind(ResetReason reason) {
        return switch (reason) {
            case OVERFLOW -> RetryState.Reset.OVERFLOW;
            case OVERLOAD_MANAGER -> RetryState.Reset.OVERLOAD;
            case LOCAL_CONNECTION_FAILURE, REMOTE_CONNECTION_FAILURE, CONNECTION_TIMEOUT ->
                RetryState.Reset.CONNECT_FAILURE;
            case REMOTE_REFUSED_STREAM_RESET -> RetryState.Reset.REFUSED_STREAM;
            case LOCAL_RESET,
                    LOCAL_REFUSED_STREAM_RESET,
                    REMOTE_RESET,
                    CONNECTION_TERMINATION,
                    CONNECT_ERROR,
                    PROTOCOL_ERROR -> RetryState.Reset.OTHER;
        };
    }
}
