package io.layar.proxy.core.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.layar.proxy.core.config.ConfigRejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path template: {@code /a/{name}/*}, {@code /a/**}, {@code {name=v1/*}}.
 *
 * <p>Shape: {@code *} is one segment, {@code **} any number of them and must come last; a variable is one segment unless it says
 * otherwise. Thread: any (immutable).
 */
final class UriTemplate {
    private static final String SEGMENT = "[a-zA-Z0-9-._~%!$&'()+,;:@=]+";
    private static final String REST = "[a-zA-Z0-9-._~%!$&'()+,;:@=/]*";
    private static final int MAX_VARIABLES = 5;

    private final Pattern pattern;
    private final List<String> variables;

    private UriTemplate(Pattern pattern, List<String> variables) {
        this.pattern = pattern;
        this.variables = variables;
    }

    static UriTemplate compile(String text, String field) {
        if (!text.startsWith("/")) {
            throw new ConfigRejected(field, "path_template must start with '/': " + text);
        }
        List<String> variables = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new ConfigRejected(field, "unmatched variable bracket in path template " + text);
                }
                variable(text.substring(at + 1, end), regex, variables, field);
                at = end + 1;
            } else if (c == '*') {
                int stars = text.startsWith("**", at) ? 2 : 1;
                regex.append(stars == 2 ? REST : SEGMENT);
                at += stars;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
                at++;
            }
        }
        if (variables.size() > MAX_VARIABLES || variables.stream().distinct().count() != variables.size()) {
            throw new ConfigRejected(
                    field, "at most " + MAX_VARIABLES + " distinct variables in path template " + text);
        }
        return new UriTemplate(Pattern.compile(regex.toString()), List.copyOf(variables));
    }

    private static void variable(String body, StringBuilder regex, List<String> variables, String field) {
        int equals = body.indexOf('=');
        String name = equals < 0 ? body : body.substring(0, equals);
        if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
            throw new ConfigRejected(field, "invalid variable name '" + name + "' in path template");
        }
        variables.add(name);
        regex.append('(');
        if (equals < 0) {
            regex.append(SEGMENT);
        } else {
            String[] segments = body.substring(equals + 1).split("/", -1);
            for (int i = 0; i < segments.length; i++) {
                regex.append(i > 0 ? "/" : "");
                regex.append(
                        switch (segments[i]) {
                            case "*" -> SEGMENT;
                            case "**" -> REST;
                            default -> Pattern.quote(segments[i]);
                        });
            }
        }
        regex.append(')');
    }

    /** The variables of a matching path, or null. */
    @Nullable
    Map<String, String> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            String value = matcher.group(i + 1);
            values.put(variables.get(i), value == null ? "" : value);
        }
        return values;
    }

    boolean hasVariable(String name) {
        return variables.contains(name);
    }
}
