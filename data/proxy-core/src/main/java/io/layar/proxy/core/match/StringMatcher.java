package io.layar.proxy.core.match;

import io.layar.proxy.core.config.ConfigRejected;
import java.util.List;
import java.util.Locale;

/**
 * Envoy's StringMatcher.
 *
 * <p>Shape: with {@code ignore_case} the pattern is kept in lower case and compared so. Thread: any (immutable).
 */
public sealed interface StringMatcher {
    boolean matches(String value);

    record Exact(String text) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.equals(text);
        }
    }

    record Prefix(String text) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.startsWith(text);
        }
    }

    record Suffix(String text) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.endsWith(text);
        }
    }

    record Contains(String text) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.contains(text);
        }
    }

    record ByRegex(Regex regex) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return regex.matches(value);
        }
    }

    /** {@code inner}'s pattern is in lower case. */
    record AnyCase(StringMatcher inner) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return inner.matches(value.toLowerCase(Locale.ROOT));
        }
    }

    static StringMatcher compile(io.envoyproxy.envoy.type.matcher.v3.StringMatcher proto, String field) {
        boolean anyCase = proto.getIgnoreCase();
        StringMatcher matcher = switch (proto.getMatchPatternCase()) {
            case EXACT -> new Exact(fold(proto.getExact(), anyCase));
            case PREFIX -> new Prefix(fold(notEmpty(proto.getPrefix(), field + ".prefix"), anyCase));
            case SUFFIX -> new Suffix(fold(notEmpty(proto.getSuffix(), field + ".suffix"), anyCase));
            case CONTAINS -> new Contains(fold(notEmpty(proto.getContains(), field + ".contains"), anyCase));
            case SAFE_REGEX -> {
                if (anyCase) {
                    throw new ConfigRejected(field, "ignore_case has no effect for safe_regex.");
                }
                yield new ByRegex(Regex.compile(proto.getSafeRegex(), field + ".safe_regex"));
            }
            case CUSTOM ->
                throw ConfigRejected.unsupported(
                        field + ".custom", proto.getCustom().getTypedConfig().getTypeUrl());
            case MATCHPATTERN_NOT_SET -> throw new ConfigRejected(field, "match_pattern: value is required");
        };
        return anyCase ? new AnyCase(matcher) : matcher;
    }

    static List<StringMatcher> compileAll(
            List<io.envoyproxy.envoy.type.matcher.v3.StringMatcher> protos, String field) {
        return protos.stream().map(proto -> compile(proto, field)).toList();
    }

    private static String notEmpty(String text, String field) {
        if (text.isEmpty()) {
            throw new ConfigRejected(field, "value length must be at least 1 characters");
        }
        return text;
    }

    private static String fold(String text, boolean anyCase) {
        return anyCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
