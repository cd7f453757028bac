package io.layar.proxy.core.match;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.StreamInfo;
import org.jspecify.annotations.Nullable;

/**
 * A rule on the text of an object of filter state. Thread: any (immutable).
 *
 * <p>Not done: {@code address_match} (refused).
 */
public record FilterStateMatcher(String key, StringMatcher matcher) {
    public static FilterStateMatcher compile(
            io.envoyproxy.envoy.type.matcher.v3.FilterStateMatcher proto, String field) {
        return switch (proto.getMatcherCase()) {
            case STRING_MATCH ->
                new FilterStateMatcher(
                        proto.getKey(), StringMatcher.compile(proto.getStringMatch(), field + ".string_match"));
            case ADDRESS_MATCH -> throw ConfigRejected.unsupported(field + ".address_match", "address_match");
            case MATCHER_NOT_SET -> throw new ConfigRejected(field, "matcher: value is required");
        };
    }

    public boolean matches(StreamInfo info) {
        return matches(info.filterState(key));
    }

    public boolean matches(@Nullable Object object) {
        return object != null && matcher.matches(object.toString());
    }
}
