package io.layar.proxy.core.outlier;

import io.envoyproxy.envoy.config.common.matcher.v3.HttpHeadersMatch;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.match.HeaderMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * Which answers of a host count as its errors, in place of status codes from 500 on.
 *
 * <p>Source: MatchPredicate in {@code HttpProtocolOptions.outlier_detection}; only response headers can be asked about.
 * Thread: any (immutable).
 */
public sealed interface ErrorMatcher {
    boolean matches(HeaderMap response);

    record Any(List<ErrorMatcher> rules) implements ErrorMatcher {
        @Override
        public boolean matches(HeaderMap response) {
            for (ErrorMatcher rule : rules) {
                if (rule.matches(response)) {
                    return true;
                }
            }
            return false;
        }
    }

    record All(List<ErrorMatcher> rules) implements ErrorMatcher {
        @Override
        public boolean matches(HeaderMap response) {
            for (ErrorMatcher rule : rules) {
                if (!rule.matches(response)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Not(ErrorMatcher rule) implements ErrorMatcher {
        @Override
        public boolean matches(HeaderMap response) {
            return !rule.matches(response);
        }
    }

    record Always(boolean answer) implements ErrorMatcher {
        @Override
        public boolean matches(HeaderMap response) {
            return answer;
        }
    }

    record Headers(List<HeaderMatcher> matchers) implements ErrorMatcher {
        @Override
        public boolean matches(HeaderMap response) {
            for (HeaderMatcher matcher : matchers) {
                if (!matcher.matches(response)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Errors: {@link ConfigRejected} under {@code path}. */
    static ErrorMatcher compile(MatchPredicate proto, String path) {
        return switch (proto.getRuleCase()) {
            case OR_MATCH -> new Any(compileAll(proto.getOrMatch(), path + ".or_match"));
            case AND_MATCH -> new All(compileAll(proto.getAndMatch(), path + ".and_match"));
            case NOT_MATCH -> new Not(compile(proto.getNotMatch(), path + ".not_match"));
            case ANY_MATCH -> new Always(proto.getAnyMatch());
            case HTTP_RESPONSE_HEADERS_MATCH -> headers(proto.getHttpResponseHeadersMatch(), path);
            case RULE_NOT_SET -> throw new ConfigRejected(path, "rule is required");
            default ->
                throw ConfigRejected.unsupported(
                        path, proto.getRuleCase().name().toLowerCase(java.util.Locale.ROOT));
        };
    }

    private static Headers headers(HttpHeadersMatch proto, String path) {
        return new Headers(
                HeaderMatcher.compileAll(proto.getHeadersList(), path + ".http_response_headers_match.headers"));
    }

    private static List<ErrorMatcher> compileAll(MatchPredicate.MatchSet set, String path) {
        List<ErrorMatcher> rules = new ArrayList<>(set.getRulesCount());
        for (int i = 0; i < set.getRulesCount(); i++) {
            rules.add(compile(set.getRules(i), path + ".rules[" + i + "]"));
        }
        return List.copyOf(rules);
    }
}
