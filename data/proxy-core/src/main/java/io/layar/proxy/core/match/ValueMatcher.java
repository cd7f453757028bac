package io.layar.proxy.core.match;

import io.envoyproxy.envoy.type.matcher.v3.DoubleMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Envoy's ValueMatcher over the plain values of {@link Metadata}. Thread: any (immutable). */
public sealed interface ValueMatcher {
    /** {@code value} is null when there is nothing at the path. */
    boolean matches(@Nullable Object value);

    record IsNull() implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value == Metadata.NULL;
        }
    }

    /** A number in {@code [from, to)}, or exactly {@code from} when {@code exact}. */
    record IsNumber(double from, double to, boolean exact) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value instanceof Double number && (exact ? number == from : number >= from && number < to);
        }
    }

    record IsText(StringMatcher matcher) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value instanceof String text && matcher.matches(text);
        }
    }

    record IsFlag(boolean expected) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value instanceof Boolean flag && flag == expected;
        }
    }

    record IsPresent(boolean expected) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value != null && expected;
        }
    }

    record ListHas(ValueMatcher element) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return value instanceof List<?> list && list.stream().anyMatch(element::matches);
        }
    }

    record AnyOf(List<ValueMatcher> matchers) implements ValueMatcher {
        @Override
        public boolean matches(@Nullable Object value) {
            return matchers.stream().anyMatch(matcher -> matcher.matches(value));
        }
    }

    static ValueMatcher compile(io.envoyproxy.envoy.type.matcher.v3.ValueMatcher proto, String field) {
        return switch (proto.getMatchPatternCase()) {
            case NULL_MATCH -> new IsNull();
            case DOUBLE_MATCH -> number(proto.getDoubleMatch());
            case STRING_MATCH -> new IsText(StringMatcher.compile(proto.getStringMatch(), field + ".string_match"));
            case BOOL_MATCH -> new IsFlag(proto.getBoolMatch());
            case PRESENT_MATCH -> new IsPresent(proto.getPresentMatch());
            case LIST_MATCH -> new ListHas(compile(proto.getListMatch().getOneOf(), field + ".list_match.one_of"));
            case OR_MATCH ->
                new AnyOf(proto.getOrMatch().getValueMatchersList().stream()
                        .map(one -> compile(one, field + ".or_match"))
                        .toList());
            case MATCHPATTERN_NOT_SET -> throw new ConfigRejected(field, "match_pattern: value is required");
        };
    }

    private static ValueMatcher number(DoubleMatcher proto) {
        return proto.hasRange()
                ? new IsNumber(proto.getRange().getStart(), proto.getRange().getEnd(), false)
                : new IsNumber(proto.getExact(), 0, true);
    }
}
