package io.layar.xdsgen.route;

import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.config.networking.StringMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code StringMatch} in Envoy's terms. */
public final class StringMatches {
    private StringMatches() {}

    /** Null when the match says nothing. */
    public static @Nullable StringMatcher toEnvoy(StringMatch match) {
        if (match.exact() != null) {
            return StringMatcher.newBuilder().setExact(match.exact()).build();
        }
        if (match.prefix() != null) {
            return StringMatcher.newBuilder().setPrefix(match.prefix()).build();
        }
        if (match.regex() != null) {
            return StringMatcher.newBuilder().setSafeRegex(regex(match.regex())).build();
        }
        return null;
    }

    public static List<StringMatcher> toEnvoy(List<StringMatch> matches) {
        List<StringMatcher> out = new ArrayList<>();
        for (StringMatch match : matches) {
            StringMatcher matcher = toEnvoy(match);
            if (matcher != null) {
                out.add(matcher);
            }
        }
        return out;
    }

    /** Is presence all that is asked? So it is for an empty match, and for the regex {@code *}, which is no regex. */
    static boolean isPresence(StringMatch match) {
        return (match.exact() == null && match.prefix() == null && match.regex() == null) || "*".equals(match.regex());
    }

    public static RegexMatcher regex(String regex) {
        return RegexMatcher.newBuilder().setRegex(regex).build();
    }

    /** Of host names or identities, where a trailing or leading {@code *} has no meaning. */
    public static List<StringMatcher> exact(List<String> texts) {
        return texts.stream()
                .map(text -> StringMatcher.newBuilder().setExact(text).build())
                .toList();
    }
}
