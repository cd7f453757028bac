package io.layar.proxy.core.retry;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RateLimitedRetryBackOff;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.ResetHeaderFormat;
import io.envoyproxy.envoy.extensions.retry.host.omit_host_metadata.v3.OmitHostMetadataConfig;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A route's retry policy, compiled. Units: milliseconds; 0 is "none" for time limits. Thread: any (immutable).
 *
 * @param retryOn bits of {@link RetryOn}
 * @param maxRetries attempts after the first
 */
public record RetryPolicy(
        int retryOn,
        long maxRetries,
        long perTryMillis,
        long perTryIdleMillis,
        BackOff backOff,
        HostSelection hostSelection,
        Retriable retriable) {
    private static final String PREVIOUS_HOSTS = "envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate";
    private static final String OMIT_CANARY =
            "envoy.extensions.retry.host.omit_canary_hosts.v3.OmitCanaryHostsPredicate";
    private static final String OMIT_METADATA =
            "envoy.extensions.retry.host.omit_host_metadata.v3.OmitHostMetadataConfig";
    private static final String PREVIOUS_PRIORITIES =
            "envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig";
    private static final long DEFAULT_RESET_MAX = 300_000;

    /** No retry, unless the request's headers ask for one. */
    public static final RetryPolicy NONE = new RetryPolicy(
            0, 1, 0, 0, BackOff.DEFAULT, HostSelection.ANY, new Retriable(List.of(), List.of(), List.of()));

    /** {@code baseMillis} 0 is the runtime's default (25 ms); {@code maxMillis} 0 is ten times the base. */
    public record BackOff(long baseMillis, long maxMillis, List<ResetHeader> resetHeaders, long resetMaxMillis) {
        static final BackOff DEFAULT = new BackOff(0, 0, List.of(), DEFAULT_RESET_MAX);
    }

    /** A response header that says when to come back: seconds from now, or a time since 1970. */
    public record ResetHeader(String name, boolean unixTime) {}

    /**
     * Which hosts a retry avoids.
     *
     * @param priorityUpdateFrequency of previous_priorities, or 0 for no such rule
     */
    public record HostSelection(
            boolean omitPrevious,
            boolean omitCanary,
            @Nullable Metadata omitMetadata,
            int maxAttempts,
            int priorityUpdateFrequency) {
        static final HostSelection ANY = new HostSelection(false, false, null, 1, 0);
    }

    /** What the words retriable-status-codes and retriable-headers mean here, and which requests may be retried at all. */
    public record Retriable(
            List<Integer> statusCodes, List<HeaderMatcher> headers, List<HeaderMatcher> requestHeaders) {}

    public static RetryPolicy compile(io.envoyproxy.envoy.config.route.v3.RetryPolicy proto, String field) {
        if (proto.getRetryOptionsPredicatesCount() > 0) {
            TypedExtensionConfig first = proto.getRetryOptionsPredicates(0);
            throw ConfigRejected.unsupported(
                    field + ".retry_options_predicates", first.getTypedConfig().getTypeUrl());
        }
        return new RetryPolicy(
                RetryOn.parse(proto.getRetryOn()),
                Durations.unsigned(proto.hasNumRetries(), proto.getNumRetries(), 1),
                Durations.millis(proto.getPerTryTimeout()),
                Durations.millis(proto.getPerTryIdleTimeout()),
                backOff(proto, field),
                hostSelection(proto, field),
                new Retriable(
                        proto.getRetriableStatusCodesList(),
                        HeaderMatcher.compileAll(proto.getRetriableHeadersList(), field + ".retriable_headers"),
                        HeaderMatcher.compileAll(
                                proto.getRetriableRequestHeadersList(), field + ".retriable_request_headers")));
    }

    private static BackOff backOff(io.envoyproxy.envoy.config.route.v3.RetryPolicy proto, String field) {
        long base = 0;
        long max = 0;
        if (proto.hasRetryBackOff()) {
            base = Math.max(1, Durations.millis(proto.getRetryBackOff().getBaseInterval()));
            max = Durations.millis(proto.getRetryBackOff().getMaxInterval());
            if (proto.getRetryBackOff().hasMaxInterval() && max < base) {
                throw new ConfigRejected(
                        field + ".retry_back_off",
                        "retry_policy.max_interval must greater than or equal to the base_interval");
            }
        }
        RateLimitedRetryBackOff limited = proto.getRateLimitedRetryBackOff();
        List<ResetHeader> resetHeaders = limited.getResetHeadersList().stream()
                .map(header -> new ResetHeader(
                        header.getName().toLowerCase(Locale.ROOT),
                        header.getFormat() == ResetHeaderFormat.UNIX_TIMESTAMP))
                .toList();
        long resetMax = limited.hasMaxInterval() ? Durations.millis(limited.getMaxInterval()) : DEFAULT_RESET_MAX;
        return new BackOff(base, max, resetHeaders, resetMax);
    }

    private static HostSelection hostSelection(io.envoyproxy.envoy.config.route.v3.RetryPolicy proto, String field) {
        boolean previous = false;
        boolean canary = false;
        Metadata metadata = null;
        for (var predicate : proto.getRetryHostPredicateList()) {
            Any config = predicate.getTypedConfig();
            String type = typeOf(config, predicate.getName());
            switch (type) {
                case PREVIOUS_HOSTS -> previous = true;
                case OMIT_CANARY -> canary = true;
                case OMIT_METADATA ->
                    metadata = Metadata.of(Types.unpack(config, OmitHostMetadataConfig.getDefaultInstance(), field)
                            .getMetadataMatch());
                default -> throw ConfigRejected.unsupported(field + ".retry_host_predicate", predicate.getName());
            }
        }
        // Hosts are picked anew at most this often before the last pick is taken anyway.
        int attempts =
                proto.getHostSelectionRetryMaxAttempts() == 0 ? 1 : (int) proto.getHostSelectionRetryMaxAttempts();
        return new HostSelection(previous, canary, metadata, attempts, priorityFrequency(proto, field));
    }

    /** Older configuration names the predicate only. */
    private static String typeOf(Any config, String name) {
        if (!config.getTypeUrl().isEmpty()) {
            return Types.nameOf(config.getTypeUrl());
        }
        return switch (name) {
            case "envoy.retry_host_predicates.previous_hosts" -> PREVIOUS_HOSTS;
            case "envoy.retry_host_predicates.omit_canary_hosts" -> OMIT_CANARY;
            default -> name;
        };
    }

    private static int priorityFrequency(io.envoyproxy.envoy.config.route.v3.RetryPolicy proto, String field) {
        if (!proto.hasRetryPriority()) {
            return 0;
        }
        Any config = proto.getRetryPriority().getTypedConfig();
        if (!Types.nameOf(config.getTypeUrl()).equals(PREVIOUS_PRIORITIES)) {
            throw ConfigRejected.unsupported(
                    field + ".retry_priority", proto.getRetryPriority().getName());
        }
        return Types.unpack(config, PreviousPrioritiesConfig.getDefaultInstance(), field + ".retry_priority")
                .getUpdateFrequency();
    }
}
