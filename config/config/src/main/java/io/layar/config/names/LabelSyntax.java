package io.layar.config.names;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import java.util.Map;

/** The syntax of Kubernetes labels, as Istio checks it. */
public final class LabelSyntax {
    private static final String NAME = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern KEY =
            Pattern.compile("(%s(?:\\.%s)*/)?(%s)".formatted(DnsNames.LABEL, DnsNames.LABEL, NAME));
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
    private static final int LONGEST_PREFIX = 253;
    private static final int LONGEST_NAME = 63;

    private LabelSyntax() {}

    /** What is wrong with these labels; nothing if they are well-formed. */
    public static ImmutableList<String> problems(Map<String, String> labels) {
        var problems = ImmutableList.<String>builder();
        labels.forEach((key, value) -> {
            var match = KEY.matcher(key);
            if (!match.matches()) {
                problems.add("invalid tag key: \"%s\"".formatted(key));
            } else if (match.group(1) != null && match.group(1).length() - 1 > LONGEST_PREFIX) {
                problems.add("invalid tag key: \"%s\" (DNS prefix is too long)".formatted(key));
            } else if (match.group(2).length() > LONGEST_NAME) {
                problems.add("invalid tag key: \"%s\" (name is too long)".formatted(key));
            }
            if (!VALUE.matches(value)) {
                problems.add("invalid tag value: \"%s\"".formatted(value));
            }
        });
        return problems.build();
    }

    /** Whether every label of {@code selector} is among {@code labels}; an empty selector selects all. */
    public static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.entrySet());
    }
}
