package io.layar.xdsgen.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.config.networking.HTTPRetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPoliciesTest {
    private static HTTPRetry retry(int attempts, String retryOn) {
        return new HTTPRetry(attempts, null, retryOn, null, null, null);
    }

    @Test
    void withoutSettingsARequestIsTriedTwiceMoreOnAnotherHost() {
        assertThat(RetryPolicies.outbound(null, false)).satisfies(policy -> {
            assertThat(policy.getNumRetries().getValue()).isEqualTo(2);
            assertThat(policy.getRetryOn())
                    .isEqualTo("connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes");
            assertThat(policy.getRetryHostPredicateList()).hasSize(1);
        });
    }

    @Test
    void aHashedRouteMayRetryOnTheSameHost() {
        assertThat(RetryPolicies.outbound(null, true))
                .satisfies(
                        policy -> assertThat(policy.getRetryHostPredicateList()).isEmpty());
    }

    @Test
    void zeroAttemptsSwitchRetriesOff() {
        assertThat(RetryPolicies.outbound(retry(0, ""), false)).isNull();
        assertThat(RetryPolicies.inbound(retry(0, ""))).isNull();
    }

    @Test
    void numbersAmongTheConditionsAreStatusCodes() {
        assertThat(RetryPolicies.outbound(retry(3, "5xx, 503,999"), false)).satisfies(policy -> {
            assertThat(policy.getRetryOn()).isEqualTo("5xx,999,retriable-status-codes");
            assertThat(policy.getRetriableStatusCodesList()).containsExactly(503);
        });
    }

    @Test
    void anInboundRouteRetriesOnlyWhatTheApplicationNeverSaw() {
        assertThat(RetryPolicies.inbound(null)).satisfies(policy -> {
            assertThat(policy.getRetryOn()).isEqualTo("reset-before-request");
            assertThat(policy.getRetryHostPredicateList()).isEmpty();
        });
    }

    @Test
    void settingsOverrideTheHostsTheTimeoutAndTheBackOff() {
        HTTPRetry retry = new HTTPRetry(1, Duration.ofSeconds(2), "reset", true, false, Duration.ofMillis(50));
        assertThat(RetryPolicies.outbound(retry, false)).satisfies(policy -> {
            assertThat(policy.getPerTryTimeout().getSeconds()).isEqualTo(2);
            assertThat(policy.getRetryHostPredicateList()).isEmpty();
            assertThat(policy.getRetryPriority().getName()).isEqualTo("envoy.retry_priorities.previous_priorities");
            assertThat(policy.getRetryBackOff().getBaseInterval().getNanos()).isEqualTo(50_000_000);
        });
    }
}
