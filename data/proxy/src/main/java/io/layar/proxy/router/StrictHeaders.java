package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.retry.RetryOn;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.http.FilterCallbacks;
import java.util.List;

/** Refuses requests whose {@code x-envoy-} headers have values of the wrong form ({@code strict_check_headers}). */
final class StrictHeaders {
    private StrictHeaders() {}

    /** False when the request was answered. */
    static boolean pass(List<String> names, HeaderMap headers, FilterCallbacks callbacks) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !valid(name, value)) {
                callbacks.streamInfo().addFlag(ResponseFlag.INVALID_ENVOY_REQUEST_HEADERS);
                callbacks.sendLocalReply(
                        400,
                        "invalid header '" + name + "' with value '" + value + "'",
                        "request_headers_failed_strict_check{" + name + "}");
                return false;
            }
        }
        return true;
    }

    private static boolean valid(String name, String value) {
        return switch (name) {
            case "x-envoy-retry-on" -> RetryOn.allKnown(value, false);
            case "x-envoy-retry-grpc-on" -> RetryOn.allKnown(value, true);
            default -> RequestTimeouts.number(value) >= 0;
        };
    }
}
