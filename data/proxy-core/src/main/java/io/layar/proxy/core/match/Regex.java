package io.layar.proxy.core.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.layar.proxy.core.config.ConfigRejected;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that must match a whole value (RE2 syntax, linear time).
 *
 * <p>Patterns that are a literal with {@code .*} or {@code .+} on either side are matched without the engine: they are most of what
 * meshes configure. Thread: any (immutable).
 */
public final class Regex {
    private static final String META = "\\.+*?()[]{}|^$";

    private final Pattern pattern;
    private final @Nullable Affix shortcut;

    private Regex(Pattern pattern, @Nullable Affix shortcut) {
        this.pattern = pattern;
        this.shortcut = shortcut;
    }

    public static Regex compile(RegexMatcher proto, String field) {
        return compile(proto.getRegex(), field);
    }

    public static Regex compile(String text, String field) {
        try {
            return new Regex(Pattern.compile(text), Affix.of(text));
        } catch (PatternSyntaxException e) {
            throw new ConfigRejected(field, "invalid regex '" + text + "': " + e.getDescription());
        }
    }

    public boolean matches(String value) {
        return shortcut != null ? shortcut.matches(value) : pattern.matches(value);
    }

    Pattern pattern() {
        return pattern;
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** A literal between two "anything" parts of a least length each; -1 is "nothing there". */
    private record Affix(String literal, int before, int after) {
        static @Nullable Affix of(String text) {
            int from = 0;
            int to = text.length();
            int before = -1;
            int after = -1;
            if (text.startsWith(".*") || text.startsWith(".+")) {
                before = text.charAt(1) == '+' ? 1 : 0;
                from = 2;
            }
            if (to - from >= 2
                    && (text.endsWith(".*") || text.endsWith(".+"))
                    && (to < 3 || text.charAt(to - 3) != '\\')) {
                after = text.charAt(to - 1) == '+' ? 1 : 0;
                to -= 2;
            }
            StringBuilder literal = new StringBuilder();
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < to && META.indexOf(text.charAt(i + 1)) >= 0) {
                    literal.append(text.charAt(++i));
                } else if (META.indexOf(c) >= 0) {
                    return null;
                } else {
                    literal.append(c);
                }
            }
            return new Affix(literal.toString(), before, after);
        }

        boolean matches(String value) {
            if (before < 0) {
                return after < 0
                        ? value.equals(literal)
                        : value.startsWith(literal) && value.length() >= literal.length() + after && oneLine(value);
            }
            if (after < 0) {
                return value.endsWith(literal) && value.length() >= literal.length() + before && oneLine(value);
            }
            return between(value) && oneLine(value);
        }

        private boolean between(String value) {
            int at = value.indexOf(literal, before);
            return at >= 0 && value.length() - at - literal.length() >= after;
        }

        private static boolean oneLine(String value) {
            return value.indexOf('\n') < 0;
        }
    }
}
