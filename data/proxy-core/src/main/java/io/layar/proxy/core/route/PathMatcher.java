package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.Regex;

/** The path rule of a route. Thread: any (immutable). */
sealed interface PathMatcher {
    /** {@code path} is the request's path without query and fragment, with case as it came. */
    boolean matches(String path, HeaderMap headers);

    /** Length of the part of {@code path} that the rule names: what a prefix rewrite replaces. */
    int matchedLength(String path);

    /** CONNECT requests carry no path: only this kind of rule takes them. */
    default boolean takesPathless() {
        return false;
    }

    record Prefix(String prefix, boolean ignoreCase) implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return path.regionMatches(ignoreCase, 0, prefix, 0, prefix.length());
        }

        @Override
        public int matchedLength(String path) {
            return prefix.length();
        }
    }

    record Exact(String text, boolean ignoreCase) implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return ignoreCase ? path.equalsIgnoreCase(text) : path.equals(text);
        }

        @Override
        public int matchedLength(String path) {
            return path.length();
        }
    }

    /** {@code /a} matches {@code /a} and {@code /a/b}, not {@code /ab}. */
    record SeparatedPrefix(String prefix, boolean ignoreCase) implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return path.regionMatches(ignoreCase, 0, prefix, 0, prefix.length())
                    && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }

        @Override
        public int matchedLength(String path) {
            return prefix.length();
        }
    }

    record ByRegex(Regex regex) implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return regex.matches(path);
        }

        @Override
        public int matchedLength(String path) {
            return path.length();
        }
    }

    record Template(UriTemplate template) implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return template.match(path) != null;
        }

        @Override
        public int matchedLength(String path) {
            return path.length();
        }
    }

    record Connect() implements PathMatcher {
        @Override
        public boolean matches(String path, HeaderMap headers) {
            return "CONNECT".equals(headers.get(HeaderNames.METHOD));
        }

        @Override
        public int matchedLength(String path) {
            return path.length();
        }

        @Override
        public boolean takesPathless() {
            return true;
        }
    }

    static PathMatcher compile(RouteMatch match, String field) {
        boolean ignoreCase =
                match.hasCaseSensitive() && !match.getCaseSensitive().getValue();
        return switch (match.getPathSpecifierCase()) {
            case PREFIX -> new Prefix(match.getPrefix(), ignoreCase);
            case PATH -> new Exact(match.getPath(), ignoreCase);
            case PATH_SEPARATED_PREFIX -> new SeparatedPrefix(match.getPathSeparatedPrefix(), ignoreCase);
            case SAFE_REGEX -> new ByRegex(Regex.compile(match.getSafeRegex(), field + ".safe_regex"));
            case CONNECT_MATCHER -> new Connect();
            case PATH_MATCH_POLICY -> {
                UriTemplateMatchConfig config = Types.unpack(
                        match.getPathMatchPolicy().getTypedConfig(),
                        UriTemplateMatchConfig.getDefaultInstance(),
                        field + ".path_match_policy");
                yield new Template(UriTemplate.compile(config.getPathTemplate(), field + ".path_match_policy"));
            }
            case PATHSPECIFIER_NOT_SET -> throw new ConfigRejected(field, "path_specifier: value is required");
        };
    }
}
