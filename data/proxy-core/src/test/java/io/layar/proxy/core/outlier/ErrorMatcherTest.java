package io.layar.proxy.core.outlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.common.matcher.v3.HttpHeadersMatch;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate.MatchSet;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import org.junit.jupiter.api.Test;

class ErrorMatcherTest {
    @Test
    void oneOfSeveralStatusesIsAnError() {
        ErrorMatcher matcher = compile(MatchPredicate.newBuilder()
                .setOrMatch(MatchSet.newBuilder().addRules(status("429")).addRules(status("503"))));
        assertThat(matcher.matches(answer("429"))).isTrue();
        assertThat(matcher.matches(answer("503"))).isTrue();
        assertThat(matcher.matches(answer("500"))).isFalse();
    }

    @Test
    void rulesCombine() {
        ErrorMatcher matcher = compile(MatchPredicate.newBuilder()
                .setAndMatch(MatchSet.newBuilder()
                        .addRules(status("503"))
                        .addRules(MatchPredicate.newBuilder().setNotMatch(header("retry-after", "1")))));
        assertThat(matcher.matches(answer("503"))).isTrue();
        assertThat(matcher.matches(answer("503").add("retry-after", "1"))).isFalse();
    }

    @Test
    void whatIsNotInResponseHeadersIsRefusedByName() {
        MatchPredicate.Builder request =
                MatchPredicate.newBuilder().setHttpRequestHeadersMatch(HttpHeadersMatch.getDefaultInstance());
        assertThatThrownBy(() -> compile(request))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("http_request_headers_match");
    }

    private static ErrorMatcher compile(MatchPredicate.Builder proto) {
        return ErrorMatcher.compile(proto.build(), "error_matcher");
    }

    private static MatchPredicate.Builder status(String value) {
        return header(":status", value);
    }

    private static MatchPredicate.Builder header(String name, String value) {
        return MatchPredicate.newBuilder()
                .setHttpResponseHeadersMatch(HttpHeadersMatch.newBuilder()
                        .addHeaders(HeaderMatcher.newBuilder()
                                .setName(name)
                                .setStringMatch(StringMatcher.newBuilder().setExact(value))));
    }

    private static HeaderMap answer(String status) {
        return new HeaderMap().add(":status", status);
    }
}
