package io.layar.proxy.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.layar.proxy.core.cluster.ClusterStats;
import io.layar.proxy.core.cluster.Resource;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryStateTest {
    private final ClusterStats stats = new ClusterStats(new StatsStore().scope("cluster.c"));
    private final Slots slots = new Slots(1);

    private static final class Slots implements Resource {
        private final long max;
        private long count;

        Slots(long max) {
            this.max = max;
        }

        @Override
        public boolean canCreate() {
            return count < max;
        }

        @Override
        public void inc() {
            count++;
        }

        @Override
        public void dec() {
            count--;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public long max() {
            return max;
        }
    }

    private RetryState state(String policy, String... request) throws TextFormat.ParseException {
        var proto = io.envoyproxy.envoy.config.route.v3.RetryPolicy.newBuilder();
        TextFormat.merge(policy, proto);
        RetryState.Surroundings around = new RetryState.Surroundings(stats, slots, new RuntimeValues(), new Random(1));
        return Objects.requireNonNull(
                RetryState.create(RetryPolicy.compile(proto.build(), "r"), headers(request), around));
    }

    private static HeaderMap headers(String... pairs) {
        HeaderMap headers = new HeaderMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static HeaderMap status(String status, String... more) {
        return headers(more).add(":status", status);
    }

    @Test
    void eachWordRetriesItsOwnStatuses() throws Exception {
        assertThat(state("retry_on: '5xx'").onHeaders(status("500"))).isEqualTo(RetryState.Decision.RETRY);
        slots.dec();
        assertThat(state("retry_on: 'gateway-error'").wouldRetry(status("500"))).isFalse();
        assertThat(state("retry_on: 'gateway-error'").wouldRetry(status("504"))).isTrue();
        assertThat(state("retry_on: 'retriable-4xx'").wouldRetry(status("409"))).isTrue();
        assertThat(state("retry_on: 'retriable-status-codes' retriable_status_codes: 418")
                        .wouldRetry(status("418")))
                .isTrue();
        assertThat(state("retry_on: 'unavailable'").wouldRetry(status("200", "grpc-status", "14")))
                .isTrue();
        assertThat(state("retry_on: 'cancelled'").wouldRetry(status("200", "grpc-status", "14")))
                .isFalse();
    }

    @Test
    void rateLimitedAnswersNeedTheirOwnWord() throws Exception {
        HeaderMap limited = status("503", "x-envoy-ratelimited", "true");
        assertThat(state("retry_on: '5xx'").wouldRetry(limited)).isFalse();
        assertThat(state("retry_on: 'envoy-ratelimited'").wouldRetry(limited)).isTrue();
    }

    @Test
    void resetsAreRetriedByKind() throws Exception {
        assertThat(state("retry_on: 'connect-failure'").onReset(RetryState.Reset.OTHER, true))
                .isEqualTo(RetryState.Decision.NO);
        assertThat(state("retry_on: 'reset-before-request'").onReset(RetryState.Reset.OTHER, true))
                .isEqualTo(RetryState.Decision.NO);
        assertThat(state("retry_on: 'reset'").onReset(RetryState.Reset.OVERFLOW, false))
                .isEqualTo(RetryState.Decision.NO);
        assertThat(state("retry_on: 'connect-failure'").onReset(RetryState.Reset.CONNECT_FAILURE, false))
                .isEqualTo(RetryState.Decision.RETRY);
    }

    @Test
    void retriesEndAtTheLimit() throws Exception {
        RetryState state = state("retry_on: '5xx' num_retries { value: 2 }");
        assertThat(state.onHeaders(status("503"))).isEqualTo(RetryState.Decision.RETRY);
        assertThat(state.onHeaders(status("503"))).isEqualTo(RetryState.Decision.RETRY);
        assertThat(state.onHeaders(status("503"))).isEqualTo(RetryState.Decision.NO_LIMIT_EXCEEDED);
        assertThat(stats.rqRetryLimitExceeded.value()).isEqualTo(1);
        assertThat(slots.count()).isZero();
    }

    @Test
    void aFullClusterRefusesRetries() throws Exception {
        slots.inc();
        assertThat(state("retry_on: '5xx'").onHeaders(status("503"))).isEqualTo(RetryState.Decision.NO_OVERFLOW);
        assertThat(stats.rqRetryOverflow.value()).isEqualTo(1);
    }

    @Test
    void anAnswerAfterARetryCountsAsSuccess() throws Exception {
        RetryState state = state("retry_on: '5xx'");
        state.onHeaders(status("503"));
        assertThat(state.onHeaders(status("200"))).isEqualTo(RetryState.Decision.NO);
        assertThat(stats.rqRetrySuccess.value()).isEqualTo(1);
        assertThat(slots.count()).isZero();
    }

    @Test
    void requestHeadersAddWordsAndLimits() throws Exception {
        RetryState state = state("", "x-envoy-retry-on", "5xx", "x-envoy-max-retries", "0");
        assertThat(state.onHeaders(status("503"))).isEqualTo(RetryState.Decision.NO_LIMIT_EXCEEDED);
    }

    @Test
    void requestsOutsideTheGateAreNotRetried() throws Exception {
        String policy = "retry_on: '5xx' retriable_request_headers { name: 'x-ok' present_match: true }";
        assertThat(state(policy).enabled()).isFalse();
        assertThat(state(policy, "x-ok", "1").enabled()).isTrue();
    }

    @Test
    void backOffStaysBelowADoublingCeiling() throws Exception {
        RetryState state = state("retry_on: '5xx' retry_back_off { base_interval { nanos: 10000000 } max_interval"
                + " { nanos: 15000000 } }");
        assertThat(state.backOffMillis()).isBetween(0L, 9L);
        assertThat(state.backOffMillis()).isBetween(0L, 14L);
        assertThat(state.backOffMillis()).isBetween(0L, 14L);
    }

    @Test
    void aResetHeaderSetsTheWait() throws Exception {
        RetryState state =
                state("retry_on: '5xx' rate_limited_retry_back_off { reset_headers { name: 'Retry-After' } }");
        state.onHeaders(status("503", "retry-after", "2"));
        assertThat(state.backOffMillis()).isBetween(2000L, 3000L);
        assertThat(stats.rqRetryBackoffRatelimited.value()).isEqualTo(1);
    }
}
