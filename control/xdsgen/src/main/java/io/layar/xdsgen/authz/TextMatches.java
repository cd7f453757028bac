package io.layar.xdsgen.authz;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.OrMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.List;

/** A policy's texts, which may begin or end with a wildcard, as Envoy's matchers. */
final class TextMatches {
    static final StringMatcher ANYTHING = regex(".+");

    private TextMatches() {}

    static StringMatcher exact(String text) {
        return StringMatcher.newBuilder().setExact(text).build();
    }

    static StringMatcher prefix(String text) {
        return StringMatcher.newBuilder().setPrefix(text).build();
    }

    static StringMatcher suffix(String text) {
        return StringMatcher.newBuilder().setSuffix(text).build();
    }

    static StringMatcher regex(String pattern) {
        return StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder().setRegex(pattern))
                .build();
    }

    /** {@code *}, {@code *suffix}, {@code prefix*} or the text itself. */
    static StringMatcher text(String text) {
        return text.length() > 1 && text.startsWith("*") ? suffix(text.substring(1)) : text("", text);
    }

    /** The same, of a name that begins with {@code prefix} besides. */
    static StringMatcher text(String prefix, String text) {
        if (text.equals("*")) {
            return ANYTHING;
        }
        if (text.startsWith("*")) {
            return regex(prefix + ".*" + Pattern.quote(text.substring(1)));
        }
        return text.endsWith("*") ? prefix(prefix + text.substring(0, text.length() - 1)) : exact(prefix + text);
    }

    static HeaderMatcher header(String name, String text, boolean ignoreCase) {
        HeaderMatcher.Builder matcher = HeaderMatcher.newBuilder().setName(name);
        return text.equals("*")
                ? matcher.setPresentMatch(true).build()
                : matcher.setStringMatch(text(text).toBuilder().setIgnoreCase(ignoreCase))
                        .build();
    }

    static ValueMatcher value(StringMatcher text) {
        return ValueMatcher.newBuilder().setStringMatch(text).build();
    }

    static ValueMatcher anyOf(List<ValueMatcher> matchers) {
        return matchers.size() == 1
                ? matchers.getFirst()
                : ValueMatcher.newBuilder()
                        .setOrMatch(OrMatcher.newBuilder().addAllValueMatchers(matchers))
                        .build();
    }

    static ValueMatcher anyText(List<String> texts) {
        return anyOf(
                texts.stream().map(TextMatches::text).map(TextMatches::value).toList());
    }
}
