package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.RouteTimeouts;
import org.jspecify.annotations.Nullable;

/** The time that a gRPC client gives a call. Thread: any (pure). */
final class GrpcDeadline {
    private static final int MAX_DIGITS = 8;

    private GrpcDeadline() {}

    /** How long a stream of that route may live; 0 is without limit. Units: milliseconds. */
    static long maxStreamMillis(RouteTimeouts limits, HeaderMap request) {
        RouteTimeouts.GrpcTimeout rule = limits.grpcHeader();
        if (rule != null) {
            long asked = parse(request.get(HeaderNames.GRPC_TIMEOUT));
            if (asked >= 0) {
                long capped =
                        rule.maxMillis() > 0 && (asked == 0 || asked > rule.maxMillis()) ? rule.maxMillis() : asked;
                return capped > 0 && rule.offsetMillis() > 0 && rule.offsetMillis() < capped
                        ? capped - rule.offsetMillis()
                        : capped;
            }
        }
        return Math.max(0, limits.maxStreamMillis());
    }

    /** Value of a grpc-timeout header, or -1 when there is none or it is malformed. Units: milliseconds, rounded up. */
    private static long parse(@Nullable String text) {
        if (text == null || text.length() < 2 || text.length() > MAX_DIGITS + 1) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'H' -> value * 3_600_000;
            case 'M' -> value * 60_000;
            case 'S' -> value * 1_000;
            case 'm' -> value;
            case 'u' -> (value + 999) / 1_000;
            case 'n' -> (value + 999_999) / 1_000_000;
            default -> -1;
        };
    }
}
