package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Optional;

/** Principals of verified tokens, written {@code issuer/subject}; the issuer may be an URL. */
final class TokenPrincipals {
    private TokenPrincipals() {}

    static Optional<Principal> of(List<String> values) {
        List<Principal> each = values.stream().map(TokenPrincipals::one).toList();
        return Optional.of(each.size() == 1 ? each.getFirst() : Terms.PRINCIPALS.or(each));
    }

    private static Principal one(String value) {
        int slash = value.lastIndexOf('/');
        String issuer = slash < 0 ? value : value.substring(0, slash);
        String subject = slash < 0 ? "" : value.substring(slash + 1);
        if (value.startsWith("*")) {
            return slash < 0
                    ? both(TextMatches.ANYTHING, TextMatches.text(value))
                    : both(TextMatches.text(issuer), TextMatches.exact(subject));
        }
        if (value.endsWith("*")) {
            return slash < 0
                    ? both(TextMatches.text(value), TextMatches.ANYTHING)
                    : both(TextMatches.exact(issuer), TextMatches.text(subject));
        }
        return both(TextMatches.exact(issuer), TextMatches.exact(subject));
    }

    private static Principal both(StringMatcher issuer, StringMatcher subject) {
        return Terms.PRINCIPALS.and(List.of(claim("iss", issuer), claim("sub", subject)));
    }

    private static Principal claim(String name, StringMatcher value) {
        return Principal.newBuilder()
                .setMetadata(MetadataMatcher.newBuilder()
                        .setFilter("envoy.filters.http.jwt_authn")
                        .addPath(PathSegment.newBuilder().setKey("payload"))
                        .addPath(PathSegment.newBuilder().setKey(name))
                        .setValue(TextMatches.value(value)))
                .build();
    }

    /** Of {@code [a][b]} the names a and b; what is not nested so, is one name. Empty without brackets around. */
    static ImmutableList<String> claimPath(String brackets) {
        if (brackets.length() < 2 || !brackets.startsWith("[") || !brackets.endsWith("]")) {
            return ImmutableList.of();
        }
        String inner = brackets.substring(1, brackets.length() - 1);
        String[] names = inner.split("]\\[", -1);
        for (String name : names) {
            if (name.contains("[") || name.contains("]")) {
                return ImmutableList.of(inner);
            }
        }
        return ImmutableList.copyOf(names);
    }
}
