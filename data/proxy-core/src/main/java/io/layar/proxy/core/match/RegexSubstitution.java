package io.layar.proxy.core.match;

import com.google.re2j.Matcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.layar.proxy.core.config.ConfigRejected;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces every match of a pattern; {@code \1} in the substitution is the first group, {@code \0} the whole match.
 *
 * <p>Thread: any (immutable).
 */
public final class RegexSubstitution {
    private final Regex regex;
    private final List<Part> parts;

    private RegexSubstitution(Regex regex, List<Part> parts) {
        this.regex = regex;
        this.parts = parts;
    }

    private record Part(String literal, int group) {}

    public static RegexSubstitution compile(RegexMatchAndSubstitute proto, String field) {
        Regex regex = Regex.compile(proto.getPattern(), field + ".pattern");
        return new RegexSubstitution(
                regex, parse(proto.getSubstitution(), regex.pattern().groupCount(), field + ".substitution"));
    }

    private static List<Part> parse(String text, int groups, String field) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                literal.append(c);
                continue;
            }
            char next = ++i < text.length() ? text.charAt(i) : ' ';
            if (next == '\\') {
                literal.append('\\');
            } else if (next >= '0' && next <= '9' && next - '0' <= groups) {
                parts.add(new Part(literal.toString(), next - '0'));
                literal.setLength(0);
            } else {
                throw new ConfigRejected(
                        field, "invalid substitution '" + text + "' (the pattern has " + groups + " groups)");
            }
        }
        parts.add(new Part(literal.toString(), -1));
        return parts;
    }

    /** The value with every match replaced; the same instance when there is none. */
    public String replaceAll(String value) {
        Matcher matcher = regex.pattern().matcher(value);
        StringBuilder out = null;
        int from = 0;
        while (matcher.find()) {
            if (out == null) {
                out = new StringBuilder(value.length() + 16);
            }
            out.append(value, from, matcher.start());
            append(out, matcher);
            from = matcher.end();
        }
        return out == null ? value : out.append(value, from, value.length()).toString();
    }

    private void append(StringBuilder out, Matcher matcher) {
        for (Part part : parts) {
            out.append(part.literal);
            String group = part.group < 0 ? null : matcher.group(part.group);
            if (group != null) {
                out.append(group);
            }
        }
    }
}
