package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.match.StringMatcher;
import org.jspecify.annotations.Nullable;

/** A rule on one query parameter, undecoded; without a matcher its presence is the rule. */
record QueryRule(String name, @Nullable StringMatcher matcher, boolean present) {
    static QueryRule of(QueryParameterMatcher proto, String field) {
        if (proto.getName().isEmpty()) {
            throw new ConfigRejected(field + ".name", "value length must be at least 1 characters");
        }
        return switch (proto.getQueryParameterMatchSpecifierCase()) {
            case STRING_MATCH ->
                new QueryRule(
                        proto.getName(), StringMatcher.compile(proto.getStringMatch(), field + ".string_match"), true);
            case PRESENT_MATCH -> new QueryRule(proto.getName(), null, proto.getPresentMatch());
            case QUERYPARAMETERMATCHSPECIFIER_NOT_SET -> new QueryRule(proto.getName(), null, true);
        };
    }

    boolean holds(String path) {
        String value = Paths.queryParameter(path, name);
        return matcher == null ? (value != null) == present : value != null && matcher.matches(value);
    }
}
