package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.match.RegexSubstitution;
import java.util.Map;

/** How a route changes the path; query and fragment stay. Thread: any (immutable). */
sealed interface PathRewrite {
    /** The new {@code :path}. */
    String apply(String path, PathMatcher matcher);

    record Prefix(String replacement) implements PathRewrite {
        @Override
        public String apply(String path, PathMatcher matcher) {
            int end = Paths.end(path);
            int matched = matcher.matchedLength(end == path.length() ? path : path.substring(0, end));
            return replacement + path.substring(matched);
        }
    }

    record ByRegex(RegexSubstitution substitution) implements PathRewrite {
        @Override
        public String apply(String path, PathMatcher matcher) {
            int end = Paths.end(path);
            return substitution.replaceAll(path.substring(0, end)) + path.substring(end);
        }
    }

    /** {@code /{a}/x/{b}} with the variables of the path that matched. */
    record Template(String text, UriTemplate source) implements PathRewrite {
        @Override
        public String apply(String path, PathMatcher matcher) {
            int end = Paths.end(path);
            Map<String, String> values = source.match(path.substring(0, end));
            if (values == null) {
                return path;
            }
            String rewritten = text;
            for (Map.Entry<String, String> value : values.entrySet()) {
                rewritten = rewritten.replace("{" + value.getKey() + "}", value.getValue());
            }
            return rewritten + path.substring(end);
        }
    }

    static PathRewrite template(TypedExtensionConfig proto, PathMatcher matcher, String field) {
        UriTemplateRewriteConfig config =
                Types.unpack(proto.getTypedConfig(), UriTemplateRewriteConfig.getDefaultInstance(), field);
        if (!(matcher instanceof PathMatcher.Template template)) {
            throw new ConfigRejected(
                    field,
                    "unable to use envoy.path.rewrite.uri_template.uri_template_rewriter extension "
                            + "without envoy.path.match.uri_template.uri_template_matcher");
        }
        String text = config.getPathTemplateRewrite();
        for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
            int end = text.indexOf('}', at);
            if (end < 0 || !template.template().hasVariable(text.substring(at + 1, end))) {
                throw new ConfigRejected(
                        field, "path_template_rewrite names a variable that the matcher lacks: " + text);
            }
        }
        return new Template(text, template.template());
    }
}
