package io.layar.config.names;

import com.google.common.base.Splitter;
import com.google.common.primitives.Longs;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of DNS names. Errors: methods named {@code …Problem} answer what is wrong, or null if nothing is. */
public final class DnsNames {
    static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern WILDCARD_PATTERN = Pattern.compile("\\*|(\\*|\\*-)?" + LABEL);
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;

    private DnsNames() {}

    /** Whether the text is a label: letters, digits and inner hyphens, at most 63. */
    public static boolean isLabel(String text) {
        return text.length() <= LONGEST_LABEL && LABEL_PATTERN.matches(text);
    }

    /** Whether the text is a label, {@code *}, or a label after {@code *} or {@code *-}. */
    public static boolean isWildcardLabel(String text) {
        return text.length() <= LONGEST_LABEL && WILDCARD_PATTERN.matches(text);
    }

    /** What keeps the text from being a full domain name. */
    public static @Nullable String fullNameProblem(String name) {
        var length = lengthProblem(name);
        return length != null ? length : labelsProblem(name);
    }

    /** What keeps the text from being a domain name whose first label may be a wildcard. */
    public static @Nullable String wildcardNameProblem(String name) {
        var length = lengthProblem(name);
        if (length != null) {
            return length;
        }
        int dot = name.indexOf('.');
        var first = dot < 0 ? name : name.substring(0, dot);
        if (!isWildcardLabel(first)) {
            return "domain name \"%s\" invalid (label \"%s\" invalid)".formatted(name, first);
        }
        return dot < 0 ? null : labelsProblem(name.substring(dot + 1));
    }

    private static @Nullable String lengthProblem(String name) {
        if (name.isEmpty()) {
            return "empty domain name not allowed";
        }
        return name.length() > LONGEST_NAME ? "domain name \"%s\" too long (max 255)".formatted(name) : null;
    }

    private static @Nullable String labelsProblem(String name) {
        var labels = Splitter.on('.').splitToList(name);
        var last = labels.getLast();
        if (Longs.tryParse(last) != null) {
            return "domain name \"%s\" invalid (top level domain \"%s\" cannot be all-numeric)".formatted(name, last);
        }
        for (int i = 0; i < labels.size(); i++) {
            var label = labels.get(i);
            if (i == labels.size() - 1 && label.isEmpty()) {
                return null;
            }
            if (!isLabel(label)) {
                return "domain name \"%s\" invalid (label \"%s\" invalid)".formatted(name, label);
            }
        }
        return null;
    }
}
