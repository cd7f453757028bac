package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.retry.RetryPolicy;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.route.RouteTimeouts;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one request, of its route and its own headers.
 *
 * <p>Units: milliseconds; 0 is "no limit".
 */
record RequestTimeouts(long global, long perTry, long perTryIdle, boolean hedge, boolean grpcHeader) {
    /**
     * Reads, and where they are for us alone removes, the headers that set limits.
     *
     * @param respectExpected whether x-envoy-expected-rq-timeout-ms of a proxy before us counts
     */
    static RequestTimeouts of(RouteAction.Forward route, HeaderMap headers, boolean grpc, boolean respectExpected) {
        RetryPolicy retry = route.retry();
        boolean legacyGrpc = grpc
                && !route.timeouts().usesMaxStreamDuration()
                && route.timeouts().legacyGrpc() != null;
        long global = routeTimeout(route.timeouts(), headers, legacyGrpc);
        long expected = respectExpected ? number(headers.get(EnvoyHeaders.EXPECTED_TIMEOUT)) : -1;
        if (expected >= 0) {
            global = expected;
        } else {
            long own = number(headers.get(EnvoyHeaders.TIMEOUT));
            if (own >= 0) {
                global = own;
                headers.remove(EnvoyHeaders.TIMEOUT);
            }
        }
        long perTry = retry.perTryMillis();
        String perTryHeader = headers.get(EnvoyHeaders.PER_TRY_TIMEOUT);
        if (perTryHeader != null) {
            long own = number(perTryHeader);
            perTry = own >= 0 ? own : perTry;
            headers.remove(EnvoyHeaders.PER_TRY_TIMEOUT);
        }
        if (perTry >= global && global != 0) {
            perTry = 0;
        }
        boolean hedge = hedge(route, headers);
        return new RequestTimeouts(global, perTry, retry.perTryIdleMillis(), hedge, legacyGrpc);
    }

    private static boolean hedge(RouteAction.Forward route, HeaderMap headers) {
        String header = headers.get(EnvoyHeaders.HEDGE);
        return switch (header) {
            case "true" -> true;
            case "false" -> false;
            case null, default -> route.extras().hedge().onPerTryTimeout();
        };
    }

    private static long routeTimeout(RouteTimeouts timeouts, HeaderMap headers, boolean legacyGrpc) {
        if (timeouts.usesMaxStreamDuration()) {
            return 0;
        }
        RouteTimeouts.GrpcTimeout legacy = timeouts.legacyGrpc();
        if (!legacyGrpc || legacy == null) {
            return timeouts.timeoutMillis();
        }
        long asked = Math.max(0, grpcTimeout(headers.get(EnvoyHeaders.GRPC_TIMEOUT)));
        if (legacy.offsetMillis() > 0 && legacy.offsetMillis() < asked) {
            asked -= legacy.offsetMillis();
        }
        boolean capped = legacy.maxMillis() != 0 && (asked == 0 || asked > legacy.maxMillis());
        return capped ? legacy.maxMillis() : asked;
    }

    /** Tells the upstream how long an answer will be waited for. {@code elapsed} since the request was complete. */
    void announce(HeaderMap headers, long elapsed, boolean insertHeader) {
        long expected = hedge || perTry == 0 ? global : perTry;
        if (expected <= 0) {
            return;
        }
        if (global > 0) {
            // Zero would mean "no limit"; the timer that ends this request fires soon.
            expected = elapsed >= global ? 1 : Math.min(expected, global - elapsed);
        }
        if (insertHeader) {
            headers.set(EnvoyHeaders.EXPECTED_TIMEOUT, Long.toString(expected));
        }
        if (grpcHeader) {
            headers.set(EnvoyHeaders.GRPC_TIMEOUT, expected + "m");
        }
    }

    /** A header's number, or -1. */
    static long number(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** The grpc-timeout header in milliseconds, rounded up; -1 when it is absent or malformed. */
    static long grpcTimeout(@Nullable String text) {
        if (text == null || text.length() < 2 || text.length() > 9) {
            return -1;
        }
        long value = number(text.substring(0, text.length() - 1));
        if (value < 0) {
            return -1;
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'H' -> value * 3_600_000;
            case 'M' -> value * 60_000;
            case 'S' -> value * 1000;
            case 'm' -> value;
            case 'u' -> (value + 999) / 1000;
            case 'n' -> (value + 999_999) / 1_000_000;
            default -> -1;
        };
    }
}
