package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryBackOff;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryPriority;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.layar.config.networking.HTTPRetry;
import io.layar.xdsgen.envoy.Protos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code HTTPRetry} in Envoy's terms, and the policies that hold without one. */
final class RetryPolicies {
    private static final int DEFAULT_RETRIES = 2;
    private static final int HOST_SELECTION_ATTEMPTS = 5;
    private static final int PRIORITY_UPDATE_FREQUENCY = 2;
    private static final String RETRIABLE_STATUS_CODES = "retriable-status-codes";
    private static final String OUTBOUND_CONDITIONS =
            "connect-failure,refused-stream,unavailable,cancelled," + RETRIABLE_STATUS_CODES;
    /** A request that was reset before the application saw it may be repeated whatever its method. */
    private static final String INBOUND_CONDITIONS = "reset-before-request";

    private static final RetryHostPredicate PREVIOUS_HOSTS = RetryHostPredicate.newBuilder()
            .setName("envoy.retry_host_predicates.previous_hosts")
            .setTypedConfig(Protos.pack(PreviousHostsPredicate.getDefaultInstance()))
            .build();
    private static final RetryPriority PREVIOUS_PRIORITIES = RetryPriority.newBuilder()
            .setName("envoy.retry_priorities.previous_priorities")
            .setTypedConfig(Protos.pack(PreviousPrioritiesConfig.newBuilder()
                    .setUpdateFrequency(PRIORITY_UPDATE_FREQUENCY)
                    .build()))
            .build();

    private RetryPolicies() {}

    /**
     * Of an outbound route. Null when retries are switched off.
     *
     * @param retries the route's or the mesh's policy, null for the built-in one
     * @param hashed whether a consistent hash picks the host, which a retry should then not avoid
     */
    static @Nullable RetryPolicy outbound(@Nullable HTTPRetry retries, boolean hashed) {
        RetryPolicy.Builder policy = RetryPolicy.newBuilder()
                .setNumRetries(Protos.uint32(DEFAULT_RETRIES))
                .setRetryOn(OUTBOUND_CONDITIONS)
                .setHostSelectionRetryMaxAttempts(HOST_SELECTION_ATTEMPTS);
        if (!hashed) {
            policy.addRetryHostPredicate(PREVIOUS_HOSTS);
        }
        if (retries == null) {
            return policy.build();
        }
        if (retries.attempts() <= 0) {
            return null;
        }
        common(retries, policy);
        if (retries.perTryTimeout() != null) {
            policy.setPerTryTimeout(Protos.duration(retries.perTryTimeout()));
        }
        if (retries.retryIgnorePreviousHosts() != null) {
            policy.clearRetryHostPredicate();
            if (retries.retryIgnorePreviousHosts()) {
                policy.addRetryHostPredicate(PREVIOUS_HOSTS);
            }
        }
        if (Boolean.TRUE.equals(retries.retryRemoteLocalities())) {
            policy.setRetryPriority(PREVIOUS_PRIORITIES);
        }
        return policy.build();
    }

    /** Of an inbound route, whose only host is the local application. Null when retries are switched off. */
    static @Nullable RetryPolicy inbound(@Nullable HTTPRetry retries) {
        RetryPolicy.Builder policy = RetryPolicy.newBuilder()
                .setNumRetries(Protos.uint32(DEFAULT_RETRIES))
                .setRetryOn(INBOUND_CONDITIONS);
        if (retries == null) {
            return policy.build();
        }
        if (retries.attempts() <= 0) {
            return null;
        }
        common(retries, policy);
        return policy.build();
    }

    private static void common(HTTPRetry retries, RetryPolicy.Builder policy) {
        policy.setNumRetries(Protos.uint32(retries.attempts()));
        if (!retries.retryOn().isEmpty()) {
            conditions(retries.retryOn(), policy);
        }
        if (retries.backoff() != null) {
            policy.setRetryBackOff(RetryBackOff.newBuilder().setBaseInterval(Protos.duration(retries.backoff())));
        }
    }

    /** Numbers among the conditions are status codes, and imply the condition that reads them. */
    private static void conditions(String retryOn, RetryPolicy.Builder policy) {
        List<String> words = new ArrayList<>();
        for (String part : retryOn.split(",", -1)) {
            String word = part.strip();
            if (isStatusCode(word)) {
                policy.addRetriableStatusCodes(Integer.parseInt(word));
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        String joined = String.join(",", words);
        if (policy.getRetriableStatusCodesCount() > 0 && !joined.contains(RETRIABLE_STATUS_CODES)) {
            joined += "," + RETRIABLE_STATUS_CODES;
        }
        policy.setRetryOn(joined);
    }

    private static boolean isStatusCode(String word) {
        return word.length() == 3
                && word.chars().allMatch(c -> c >= '0' && c <= '9')
                && StatusCodes.isKnown(Integer.parseInt(word));
    }
}
