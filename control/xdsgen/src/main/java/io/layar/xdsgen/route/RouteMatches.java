package io.layar.xdsgen.route;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.StringMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code HTTPMatchRequest} in Envoy's terms. */
final class RouteMatches {
    /** Everything. */
    static final RouteMatch ALL = RouteMatch.newBuilder().setPrefix("/").build();

    private RouteMatches() {}

    /**
     * Order: headers by name, then method, authority and scheme; query parameters by name.
     *
     * @param separated whether a prefix ends at path segments, as it does for routes of the Gateway API and Ingress
     */
    static RouteMatch translate(@Nullable HTTPMatchRequest match, boolean separated) {
        if (match == null) {
            return ALL;
        }
        RouteMatch.Builder out = RouteMatch.newBuilder().setPrefix("/");
        List<HeaderMatcher> headers = new ArrayList<>();
        headers(match, headers, out);
        headers.sort(Comparator.comparing(HeaderMatcher::getName));
        out.addAllHeaders(headers);
        if (match.uri() != null) {
            path(match.uri(), separated, out);
        }
        out.setCaseSensitive(BoolValue.of(!match.ignoreUriCase()));
        pseudoHeader(":method", match.method(), out);
        pseudoHeader(":authority", match.authority(), out);
        pseudoHeader(":scheme", match.scheme(), out);
        new TreeMap<>(match.queryParams()).forEach((name, value) -> out.addQueryParameters(parameter(name, value)));
        return out.build();
    }

    private static void headers(HTTPMatchRequest match, List<HeaderMatcher> headers, RouteMatch.Builder out) {
        new TreeMap<>(match.headers()).forEach((name, value) -> {
            MetadataMatcher.Builder claim = claim(name, value);
            if (claim == null) {
                headers.add(header(name, value).build());
            } else {
                out.addDynamicMetadata(claim);
            }
        });
        new TreeMap<>(match.withoutHeaders()).forEach((name, value) -> {
            MetadataMatcher.Builder claim = claim(name, value);
            if (claim == null) {
                // Envoy refuses an empty stand-in for a header whose presence is asked for.
                headers.add(header(name, value)
                        .setInvertMatch(true)
                        .setTreatMissingHeaderAsEmpty(!StringMatches.isPresence(value))
                        .build());
            } else {
                out.addDynamicMetadata(claim.setInvert(true));
            }
        });
    }

    private static MetadataMatcher.@Nullable Builder claim(String name, StringMatch value) {
        List<String> claims = ClaimMatches.claims(name);
        StringMatcher text = StringMatches.toEnvoy(value);
        if (claims.isEmpty()) {
            return null;
        }
        return ClaimMatches.matcher(claims, text == null ? StringMatcher.getDefaultInstance() : text);
    }

    private static void path(StringMatch uri, boolean separated, RouteMatch.Builder out) {
        if (uri.exact() != null) {
            out.setPath(uri.exact());
        } else if (uri.prefix() != null) {
            if (separated && !uri.prefix().equals("/")) {
                out.setPathSeparatedPrefix(
                        uri.prefix().endsWith("/")
                                ? uri.prefix().substring(0, uri.prefix().length() - 1)
                                : uri.prefix());
            } else {
                out.setPrefix(uri.prefix());
            }
        } else if (uri.regex() != null) {
            out.setSafeRegex(StringMatches.regex(uri.regex()));
        }
    }

    private static void pseudoHeader(String name, @Nullable StringMatch match, RouteMatch.Builder out) {
        if (match != null) {
            out.addHeaders(header(name, match));
        }
    }

    private static HeaderMatcher.Builder header(String name, StringMatch match) {
        HeaderMatcher.Builder out = HeaderMatcher.newBuilder().setName(name);
        StringMatcher text = StringMatches.toEnvoy(match);
        if (StringMatches.isPresence(match) || text == null) {
            return out.setPresentMatch(true);
        }
        return out.setStringMatch(text);
    }

    private static QueryParameterMatcher parameter(String name, StringMatch match) {
        QueryParameterMatcher.Builder out = QueryParameterMatcher.newBuilder().setName(name);
        StringMatcher text = StringMatches.toEnvoy(match);
        if (StringMatches.isPresence(match) || text == null) {
            return out.setPresentMatch(true).build();
        }
        return out.setStringMatch(text).build();
    }

    /** Does nothing behind this match ever get a request? */
    static boolean isCatchAll(RouteMatch match) {
        boolean anyPath = switch (match.getPathSpecifierCase()) {
            case PREFIX -> match.getPrefix().equals("/");
            case PATH_SEPARATED_PREFIX -> match.getPathSeparatedPrefix().equals("/");
            case SAFE_REGEX -> match.getSafeRegex().getRegex().equals(".*");
            case PATH, CONNECT_MATCHER, PATH_MATCH_POLICY, PATHSPECIFIER_NOT_SET -> false;
        };
        return anyPath
                && match.getHeadersCount() == 0
                && match.getQueryParametersCount() == 0
                && match.getDynamicMetadataCount() == 0;
    }
}
