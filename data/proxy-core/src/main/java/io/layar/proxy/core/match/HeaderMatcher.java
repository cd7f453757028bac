package io.layar.proxy.core.match;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Envoy's HeaderMatcher: a rule on one header, which one of its values must meet, or (inverted) none of them.
 *
 * <p>A rule on values does not match a request without the header, inverted or not, unless a missing header counts as empty.
 * Thread: any (immutable).
 */
public final class HeaderMatcher {
    private final String name;
    private final Rule rule;
    private final boolean invert;
    private final boolean missingIsEmpty;

    private HeaderMatcher(String name, Rule rule, boolean invert, boolean missingIsEmpty) {
        this.name = name;
        this.rule = rule;
        this.invert = invert;
        this.missingIsEmpty = missingIsEmpty;
    }

    private sealed interface Rule {
        record Present(boolean expected) implements Rule {}

        record Text(StringMatcher matcher) implements Rule {}

        record Range(long from, long to) implements Rule {
            boolean matches(String value) {
                try {
                    long number = Long.parseLong(value);
                    return number >= from && number < to;
                } catch (NumberFormatException _) {
                    return false;
                }
            }
        }
    }

    public static HeaderMatcher compile(io.envoyproxy.envoy.config.route.v3.HeaderMatcher proto, String field) {
        if (proto.getName().isEmpty()) {
            throw new ConfigRejected(field + ".name", "value length must be at least 1 characters");
        }
        return new HeaderMatcher(
                proto.getName().toLowerCase(Locale.ROOT).intern(),
                rule(proto, field),
                proto.getInvertMatch(),
                proto.getTreatMissingHeaderAsEmpty());
    }

    public static List<HeaderMatcher> compileAll(
            List<io.envoyproxy.envoy.config.route.v3.HeaderMatcher> protos, String field) {
        List<HeaderMatcher> all = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            all.add(compile(protos.get(i), field + "[" + i + "]"));
        }
        return List.copyOf(all);
    }

    @SuppressWarnings("deprecation") // older control planes still write the per-kind fields
    private static Rule rule(io.envoyproxy.envoy.config.route.v3.HeaderMatcher proto, String field) {
        return switch (proto.getHeaderMatchSpecifierCase()) {
            case EXACT_MATCH -> new Rule.Text(new StringMatcher.Exact(proto.getExactMatch()));
            case SAFE_REGEX_MATCH ->
                new Rule.Text(new StringMatcher.ByRegex(
                        Regex.compile(proto.getSafeRegexMatch(), field + ".safe_regex_match")));
            case RANGE_MATCH ->
                new Rule.Range(
                        proto.getRangeMatch().getStart(), proto.getRangeMatch().getEnd());
            case PRESENT_MATCH -> new Rule.Present(proto.getPresentMatch());
            case PREFIX_MATCH -> new Rule.Text(new StringMatcher.Prefix(proto.getPrefixMatch()));
            case SUFFIX_MATCH -> new Rule.Text(new StringMatcher.Suffix(proto.getSuffixMatch()));
            case CONTAINS_MATCH -> new Rule.Text(new StringMatcher.Contains(proto.getContainsMatch()));
            case STRING_MATCH -> new Rule.Text(StringMatcher.compile(proto.getStringMatch(), field + ".string_match"));
            case HEADERMATCHSPECIFIER_NOT_SET -> new Rule.Present(true);
        };
    }

    public String name() {
        return name;
    }

    public boolean matches(HeaderMap headers) {
        int first = headers.indexOf(name);
        if (rule instanceof Rule.Present present) {
            return ((first >= 0 || missingIsEmpty) == present.expected) != invert;
        }
        if (first < 0) {
            return missingIsEmpty && holds("") != invert;
        }
        for (int i = first; i < headers.size(); i++) {
            if ((i == first || headers.name(i).equals(name)) && holds(headers.value(i))) {
                return !invert;
            }
        }
        return invert;
    }

    private boolean holds(String value) {
        return switch (rule) {
            case Rule.Text is -> is.matcher.matches(value);
            case Rule.Range is -> is.matches(value);
            case Rule.Present is -> is.expected;
        };
    }

    public static boolean allMatch(List<HeaderMatcher> matchers, HeaderMap headers) {
        for (int i = 0; i < matchers.size(); i++) {
            if (!matchers.get(i).matches(headers)) {
                return false;
            }
        }
        return true;
    }
}
