package io.layar.xdsgen.route;

import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.OrMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.List;
import java.util.Locale;

/** Matches on the claims of a verified token, written as a header {@code @request.auth.claims.a.b} or {@code [a][b]}. */
public final class ClaimMatches {
    private static final String HEADER = "@request.auth.claims";
    private static final String JWT_FILTER = "envoy.filters.http.jwt_authn";
    private static final String PAYLOAD = "payload";

    private ClaimMatches() {}

    /** The path of the claim that a header name stands for; empty when it is an ordinary header. */
    public static List<String> claims(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(HEADER)) {
            return List.of();
        }
        String path = header.substring(HEADER.length());
        if (path.startsWith(".") && path.length() > 1) {
            return List.of(path.substring(1).split("\\.", -1));
        }
        if (path.startsWith("[") && path.endsWith("]") && path.length() > 2) {
            return List.of(path.substring(1, path.length() - 1).split("]\\[", -1));
        }
        return List.of();
    }

    /** The claim equals {@code text}, or is a list with such an item. */
    public static MetadataMatcher.Builder matcher(List<String> claims, StringMatcher text) {
        return matcher(claims, ValueMatcher.newBuilder().setStringMatch(text).build());
    }

    /** The claim has {@code value}, or is a list with such an item. */
    public static MetadataMatcher.Builder matcher(List<String> claims, ValueMatcher value) {
        MetadataMatcher.Builder matcher = MetadataMatcher.newBuilder().setFilter(JWT_FILTER);
        matcher.addPath(PathSegment.newBuilder().setKey(PAYLOAD));
        claims.forEach(claim -> matcher.addPath(PathSegment.newBuilder().setKey(claim)));
        ValueMatcher inList = ValueMatcher.newBuilder()
                .setListMatch(ListMatcher.newBuilder().setOneOf(value))
                .build();
        return matcher.setValue(ValueMatcher.newBuilder()
                .setOrMatch(OrMatcher.newBuilder().addValueMatchers(inList).addValueMatchers(value)));
    }
}
