package io.layar.config.validate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.CorsPolicy;
import io.layar.config.networking.HTTPDirectResponse;
import io.layar.config.networking.HTTPFaultInjection;
import io.layar.config.networking.HTTPFaultInjection.Abort;
import io.layar.config.networking.HTTPRetry;
import io.layar.config.networking.HTTPRewrite;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.Percent;
import io.layar.config.networking.StringMatch;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rules of what an HTTP route does with a request. */
final class HttpActionRules {
    private static final ImmutableSet<String> METHODS =
            ImmutableSet.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");
    private static final ImmutableSet<String> RETRY_ON = ImmutableSet.of(
            "5xx",
            "gateway-error",
            "reset",
            "reset-before-request",
            "connect-failure",
            "retriable-4xx",
            "refused-stream",
            "retriable-status-codes",
            "retriable-headers",
            "envoy-ratelimited",
            "http3-post-connect-failure",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");
    private static final ImmutableSet<String> GRPC_STATUS = ImmutableSet.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");
    private static final ImmutableSet<Integer> HTTP_STATUS = ImmutableSet.of(
            100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307,
            308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
            422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);
    private static final int KIB = 1024;

    private HttpActionRules() {}

    static void cors(Validation v, FieldPath path, @Nullable CorsPolicy cors) {
        if (cors == null) {
            return;
        }
        for (int i = 0; i < cors.allowOrigins().size(); i++) {
            origin(v, path.field("allowOrigins").index(i), cors.allowOrigins().get(i));
        }
        for (var method : cors.allowMethods()) {
            if (!METHODS.contains(method)) {
                v.error(path.field("allowMethods"), "\"%s\" is not a supported HTTP method", method);
            }
        }
        cors.allowHeaders().forEach(name -> v.require(path.field("allowHeaders"), HeaderRules.corsProblem(name)));
        cors.exposeHeaders().forEach(name -> v.require(path.field("exposeHeaders"), HeaderRules.corsProblem(name)));
        SharedRules.duration(v, path.field("maxAge"), cors.maxAge());
        if (cors.maxAge() != null && cors.maxAge().getNano() > 0) {
            v.error(path.field("maxAge"), "max_age duration is accurate only to seconds precision");
        }
    }

    private static void origin(Validation v, FieldPath path, StringMatch origin) {
        boolean some = isText(origin.exact()) || isText(origin.prefix()) || isText(origin.regex());
        if (!some) {
            v.error(path, "'' is not a valid match type for CORS allow origins");
        } else {
            HttpMatchRules.regex(v, path, "corsPolicy.allowOrigins", origin);
        }
    }

    private static boolean isText(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    static void fault(Validation v, FieldPath path, @Nullable HTTPFaultInjection fault) {
        if (fault == null) {
            return;
        }
        if (fault.abort() == null && fault.delay() == null) {
            v.error(path, "HTTP fault injection must have an abort and/or a delay");
        }
        if (fault.abort() != null) {
            abort(v, path.field("abort"), fault.abort());
        }
        var delay = fault.delay();
        if (delay != null) {
            percentage(v, path.field("delay").field("percentage"), delay.percentage());
            SharedRules.duration(v, path.field("delay").field("fixedDelay"), delay.fixedDelay());
            if (delay.exponentialDelay() != null) {
                SharedRules.duration(v, path.field("delay").field("exponentialDelay"), delay.exponentialDelay());
                v.error(path.field("delay").field("exponentialDelay"), "exponentialDelay not supported yet");
            }
        }
    }

    private static void abort(Validation v, FieldPath path, Abort abort) {
        percentage(v, path.field("percentage"), abort.percentage());
        if (abort.grpcStatus() != null) {
            if (!GRPC_STATUS.contains(abort.grpcStatus())) {
                v.error(
                        path.field("grpcStatus"),
                        "gRPC status \"%s\" is not supported (expected: a status such as NOT_FOUND)",
                        abort.grpcStatus());
            }
        } else if (abort.http2Error() != null) {
            v.error(path.field("http2Error"), "HTTP/2 abort fault injection not supported yet");
        } else if (abort.httpStatus() != null) {
            status(v, path.field("httpStatus"), abort.httpStatus());
        } else {
            v.warning(path, "abort configured, but error type not set");
        }
    }

    private static void percentage(Validation v, FieldPath path, @Nullable Percent percent) {
        if (percent == null) {
            return;
        }
        double value = percent.value();
        if (value < 0 || value > 100 || (value > 0 && value < 0.0001)) {
            v.error(path, "percentage %s is neither 0.0, nor in range [0.0001, 100.0]", value);
        }
    }

    private static void status(Validation v, FieldPath path, int status) {
        if (status < 200 || status > 600) {
            v.error(path, "HTTP status %d is not in range 200-599", status);
        }
    }

    /** One complaint at most. */
    static void redirect(Validation v, FieldPath path, HTTPRoute route) {
        var redirect = route.redirect();
        if (redirect == null) {
            return;
        }
        boolean onPrefixes = route.match().stream()
                .allMatch(match -> match.uri() == null || match.uri().prefix() != null);
        long code = Integer.toUnsignedLong(redirect.redirectCode());
        var scheme = redirect.scheme();
        if (!redirect.uri().isEmpty() && !redirect.prefixRewrite().isEmpty()) {
            v.error(path, "redirect may only specify one of uri or prefix_rewrite");
        } else if (!redirect.prefixRewrite().isEmpty() && !onPrefixes) {
            v.error(path, "redirect prefix_rewrite requires all URI matches to use prefix match type");
        } else if (redirect.uri().isEmpty()
                && redirect.prefixRewrite().isEmpty()
                && redirect.authority().isEmpty()
                && redirect.port() == null
                && redirect.derivePort() == null
                && scheme.isEmpty()) {
            v.error(path, "redirect must specify URI, authority, scheme, or port");
        } else if (code != 0 && (code < 300 || code > 399)) {
            v.error(path.field("redirectCode"), "%d is not a valid redirect code, must be 3xx", code);
        } else if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
            v.error(path.field("scheme"), "invalid redirect scheme, must be \"http\" or \"https\"");
        } else if (redirect.port() != null && redirect.port() != 0) {
            SharedRules.port(v, path.field("port"), redirect.port());
        }
    }

    static void directResponse(Validation v, FieldPath path, @Nullable HTTPDirectResponse response) {
        if (response == null) {
            return;
        }
        var body = response.body();
        if (body != null) {
            int size = body.bytes() != null
                    ? body.bytes().size()
                    : body.string() == null ? 0 : body.string().getBytes(StandardCharsets.UTF_8).length;
            if (size > KIB * KIB) {
                v.error(
                        path.field("body"),
                        "large direct_responses may impact control plane performance, must be less than 1MB");
            } else if (size > 100 * KIB) {
                v.warning(path.field("body"), "large direct_responses may impact control plane performance");
            }
        }
        status(v, path.field("status"), response.status());
    }

    static void retries(Validation v, FieldPath path, @Nullable HTTPRetry retries) {
        if (retries == null) {
            return;
        }
        if (retries.attempts() < 0) {
            v.error(path.field("attempts"), "attempts cannot be negative");
        }
        boolean configured = retries.perTryTimeout() != null
                || !retries.retryOn().isEmpty()
                || retries.retryRemoteLocalities() != null;
        if (retries.attempts() == 0 && configured) {
            v.error(path, "http retry policy configured when attempts are set to 0 (disabled)");
        }
        SharedRules.duration(v, path.field("perTryTimeout"), retries.perTryTimeout());
        if (!retries.retryOn().isEmpty()) {
            for (var policy : Splitter.on(',').split(retries.retryOn())) {
                var status = Ints.tryParse(policy);
                if (!RETRY_ON.contains(policy) && (status == null || !HTTP_STATUS.contains(status))) {
                    v.error(path.field("retryOn"), "\"%s\" is not a valid retryOn policy", policy);
                }
            }
        }
        SharedRules.duration(v, path.field("backoff"), retries.backoff());
    }

    /** One complaint at most. */
    static void rewrite(Validation v, FieldPath path, @Nullable HTTPRewrite rewrite) {
        if (rewrite == null) {
            return;
        }
        var regex = rewrite.uriRegexRewrite();
        if (!rewrite.uri().isEmpty() && regex != null) {
            v.error(path, "rewrite may only contain one of URI or UriRegexRewrite");
        } else if (rewrite.uri().isEmpty()
                && regex == null
                && rewrite.authority().isEmpty()) {
            v.error(path, "rewrite must specify at least one of URI, UriRegexRewrite, or authority");
        } else if (regex != null && (regex.match().isEmpty() || regex.rewrite().isEmpty())) {
            v.error(path, "UriRegexRewrite has errors: both Rewrite and Match fields are to be specified");
        } else if (regex != null) {
            SharedRules.regex(v, path.field("uriRegexRewrite"), "HTTPRewrite.UriRegexRewrite.Match", regex.match());
        }
    }
}
