package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that the proxy itself gives, before local_reply_config. {@code grpcStatus}: see {@link FilterCallbacks#NO_GRPC_STATUS}. */
record LocalAnswer(
        int status, String body, @Nullable Consumer<HeaderMap> modifyHeaders, int grpcStatus, String details) {
    static LocalAnswer of(int status, String body, String details) {
        return new LocalAnswer(status, body, null, FilterCallbacks.NO_GRPC_STATUS, details);
    }
}
