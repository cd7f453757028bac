package io.layar.proxy.core.retry;

import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Resource;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.runtime.RuntimeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The retries of one request: which failures are tried again, how often, and after how long.
 *
 * <p>Order: a decision frees the place that the retry before it held among the cluster's retries; {@link #end} frees the last one.
 * Units: milliseconds. Thread: event loop of the stream. Source: Envoy's documented retry semantics.
 */
public final class RetryState {
    private static final String RATE_LIMITED = "x-envoy-ratelimited";
    private static final String RETRY_ON = "x-envoy-retry-on";
    private static final String RETRY_GRPC_ON = "x-envoy-retry-grpc-on";
    private static final String MAX_RETRIES = "x-envoy-max-retries";
    private static final String STATUS_CODES = "x-envoy-retriable-status-codes";
    private static final String HEADER_NAMES = "x-envoy-retriable-header-names";
    private static final List<String> CONSUMED = List.of(
            RETRY_ON,
            RETRY_GRPC_ON,
            MAX_RETRIES,
            "x-envoy-hedge-on-per-try-timeout",
            HEADER_NAMES,
            STATUS_CODES,
            "x-envoy-upstream-rq-per-try-timeout-ms");
    private static final long DEFAULT_BASE = 25;

    private final RetryPolicy policy;
    private final ClusterStats stats;
    private final Resource slots;
    private final RuntimeValues runtime;
    private final RandomGenerator random;
    private final List<Integer> statusCodes;
    private final List<String> headerNames;
    private final int retryOn;
    private long remaining;
    private long nextInterval;
    private final long maxInterval;
    private long resetMillis;
    private boolean retrying;

    /** What became of a failed attempt. */
    public enum Decision {
        RETRY,
        NO,
        /** It would be tried again, but the cluster's retries are used up. */
        NO_OVERFLOW,
        /** It would be tried again, but was so often enough. */
        NO_LIMIT_EXCEEDED
    }

    /** How a stream to an upstream ended without an answer. */
    public enum Reset {
        OVERFLOW,
        OVERLOAD,
        CONNECT_FAILURE,
        REFUSED_STREAM,
        OTHER
    }

    /** What a retry draws on. */
    public record Surroundings(ClusterStats stats, Resource retries, RuntimeValues runtime, RandomGenerator random) {}

    private RetryState(RetryPolicy policy, HeaderMap request, Surroundings around) {
        this.policy = policy;
        this.stats = around.stats;
        this.slots = around.retries;
        this.runtime = around.runtime;
        this.random = around.random;
        this.statusCodes = statusCodes(policy, request.get(STATUS_CODES));
        this.headerNames = names(request.get(HEADER_NAMES));
        int bits = policy.retryOn() | bits(request.get(RETRY_ON)) | bits(request.get(RETRY_GRPC_ON));
        List<HeaderMatcher> gate = policy.retriable().requestHeaders();
        this.retryOn = gate.isEmpty() || gate.stream().anyMatch(matcher -> matcher.matches(request)) ? bits : 0;
        this.remaining = number(retryOn == 0 ? null : request.get(MAX_RETRIES), policy.maxRetries());
        long configured = policy.backOff().baseMillis();
        long base = configured > 0 ? configured : runtime.integer("upstream.base_retry_backoff_ms", DEFAULT_BASE);
        this.nextInterval = base;
        this.maxInterval = policy.backOff().maxMillis() > 0 ? policy.backOff().maxMillis() : base * 10;
    }

    /**
     * The retries of a request, or null when neither route nor headers ask for any. Removes the headers that are about retries from
     * {@code request}.
     */
    public static @Nullable RetryState create(RetryPolicy policy, HeaderMap request, Surroundings around) {
        boolean wanted = policy.retryOn() != 0 || request.contains(RETRY_ON) || request.contains(RETRY_GRPC_ON);
        RetryState state = wanted ? new RetryState(policy, request, around) : null;
        for (String name : CONSUMED) {
            request.remove(name);
        }
        return state;
    }

    private static int bits(@Nullable String words) {
        return words == null ? 0 : RetryOn.parse(words);
    }

    private static long number(@Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }

    private static List<Integer> statusCodes(RetryPolicy policy, @Nullable String header) {
        if (header == null) {
            return policy.retriable().statusCodes();
        }
        List<Integer> all = new ArrayList<>(policy.retriable().statusCodes());
        for (String one : header.split(",", -1)) {
            long code = number(one.strip(), -1);
            if (code >= 0) {
                all.add((int) code);
            }
        }
        return all;
    }

    private static List<String> names(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        for (String one : header.split(",", -1)) {
            if (!one.isBlank()) {
                all.add(one.strip().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return all;
    }

    /** Whether any failure is tried again: then the request's body must be kept. */
    public boolean enabled() {
        return retryOn != 0;
    }

    /** Decides on an answer by its headers. */
    public Decision onHeaders(HeaderMap response) {
        boolean would = wouldRetry(response);
        if (would && !policy.backOff().resetHeaders().isEmpty()) {
            resetMillis = resetInterval(response);
        }
        return decide(would);
    }

    /** Whether such an answer would be tried again, if there were retries left. */
    public boolean wouldRetry(HeaderMap response) {
        if (response.contains(RATE_LIMITED)) {
            return RetryOn.ENVOY_RATELIMITED.in(retryOn);
        }
        int status = (int) number(response.get(HeaderNames.STATUS), 0);
        if (RetryOn.SERVER_ERROR.in(retryOn) && status >= 500 && status < 600) {
            return true;
        }
        if (RetryOn.GATEWAY_ERROR.in(retryOn) && status >= 502 && status <= 504) {
            return true;
        }
        if (RetryOn.RETRIABLE_4XX.in(retryOn) && status == 409) {
            return true;
        }
        if (RetryOn.RETRIABLE_STATUS_CODES.in(retryOn) && statusCodes.contains(status)) {
            return true;
        }
        return (RetryOn.RETRIABLE_HEADERS.in(retryOn) && hasRetriableHeader(response)) || wouldRetryGrpc(response);
    }

    private boolean hasRetriableHeader(HeaderMap response) {
        for (HeaderMatcher matcher : policy.retriable().headers()) {
            if (matcher.matches(response)) {
                return true;
            }
        }
        for (String name : headerNames) {
            if (response.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean wouldRetryGrpc(HeaderMap response) {
        String text = (retryOn & RetryOn.GRPC) == 0 ? null : response.get("grpc-status");
        RetryOn word = switch ((int) GrpcStatus.number(text)) {
            case 1 -> RetryOn.GRPC_CANCELLED;
            case 4 -> RetryOn.GRPC_DEADLINE_EXCEEDED;
            case 8 -> RetryOn.GRPC_RESOURCE_EXHAUSTED;
            case 13 -> RetryOn.GRPC_INTERNAL;
            case 14 -> RetryOn.GRPC_UNAVAILABLE;
            default -> null;
        };
        return word != null && word.in(retryOn);
    }

    /** Decides on a stream that ended without an answer. {@code requestStarted}: some of the request had been sent. */
    public Decision onReset(Reset reset, boolean requestStarted) {
        return decide(wouldRetry(reset, requestStarted));
    }

    private boolean wouldRetry(Reset reset, boolean requestStarted) {
        if (reset == Reset.OVERFLOW || reset == Reset.OVERLOAD) {
            return false;
        }
        if (RetryOn.RESET.in(retryOn) || RetryOn.SERVER_ERROR.in(retryOn) || RetryOn.GATEWAY_ERROR.in(retryOn)) {
            return true;
        }
        return (RetryOn.RESET_BEFORE_REQUEST.in(retryOn) && !requestStarted)
                || (RetryOn.REFUSED_STREAM.in(retryOn) && reset == Reset.REFUSED_STREAM)
                || (RetryOn.CONNECT_FAILURE.in(retryOn) && reset == Reset.CONNECT_FAILURE);
    }

    /** Decides on a second attempt beside one that exceeded its per-try timeout. */
    public Decision onHedge() {
        return decide(true);
    }

    private Decision decide(boolean would) {
        if (retrying && !would) {
            stats.rqRetrySuccess.inc();
        }
        end();
        if (!would) {
            return Decision.NO;
        }
        if (remaining == 0) {
            stats.rqRetryLimitExceeded.inc();
            return Decision.NO_LIMIT_EXCEEDED;
        }
        remaining--;
        if (!slots.canCreate()) {
            stats.rqRetryOverflow.inc();
            return Decision.NO_OVERFLOW;
        }
        if (!runtime.featureEnabled("upstream.use_retry", new RuntimeValues.Fraction(100, 100), random.nextLong())) {
            return Decision.NO;
        }
        retrying = true;
        slots.inc();
        stats.rqRetry.inc();
        return Decision.RETRY;
    }

    /** How long to wait before the retry that was just decided. */
    public long backOffMillis() {
        if (resetMillis > 1) {
            long wait = resetMillis + Math.floorMod(random.nextLong(), Math.max(1, resetMillis >> 1));
            resetMillis = 0;
            stats.rqRetryBackoffRatelimited.inc();
            return wait;
        }
        stats.rqRetryBackoffExponential.inc();
        long interval = nextInterval;
        nextInterval = Math.min(interval * 2, maxInterval);
        return Math.floorMod(random.nextLong(), Math.max(1, interval));
    }

    private long resetInterval(HeaderMap response) {
        for (RetryPolicy.ResetHeader header : policy.backOff().resetHeaders()) {
            long value = number(response.get(header.name()), -1);
            long millis = header.unixTime() ? value * 1000 - System.currentTimeMillis() : value * 1000;
            if (value >= 0 && millis > 0 && millis <= policy.backOff().resetMaxMillis()) {
                return millis;
            }
        }
        return 0;
    }

    /** Frees what is held: the request is done, or given up. */
    public void end() {
        if (retrying) {
            retrying = false;
            slots.dec();
        }
    }
}
