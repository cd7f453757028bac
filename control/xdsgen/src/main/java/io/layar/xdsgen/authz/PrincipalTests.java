package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.config.security.Condition;
import io.layar.config.security.Source;
import io.layar.xdsgen.authz.AttributeTest.Each;
import io.layar.xdsgen.authz.AttributeTest.Matcher;
import io.layar.xdsgen.authz.AttributeTest.Together;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.route.ClaimMatches;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a rule says about who does it: sources, and conditions on the peer, its token and its headers. */
final class PrincipalTests {
    private static final String SPIFFE = "spiffe://";
    private static final String HEADERS = "request.headers";
    private static final String CLAIMS = "request.auth.claims";

    private final boolean tcp;
    private final String namespace;
    private final TrustDomainAliases aliases;
    private final Matcher<Principal> serviceAccount = peer(this::serviceAccount);
    private final Matcher<Principal> token = whenHttp(TokenPrincipals::of);

    /**
     * @param namespace the policy's, in which service accounts are that name none
     */
    PrincipalTests(boolean tcp, String namespace, TrustDomainAliases aliases) {
        this.tcp = tcp;
        this.namespace = namespace;
        this.aliases = aliases;
    }

    /** Order: principals, tokens' principals, service accounts, trust domains, namespaces, addresses. */
    ImmutableList<AttributeTest<Principal>> ofSource(Source source) {
        return ImmutableList.of(
                principals(source.principals(), source.notPrincipals()),
                new AttributeTest<>(source.requestPrincipals(), source.notRequestPrincipals(), token),
                new AttributeTest<>(source.serviceAccounts(), source.notServiceAccounts(), serviceAccount),
                trustDomains(source.trustDomains(), source.notTrustDomains()),
                new AttributeTest<>(source.namespaces(), source.notNamespaces(), peer(PrincipalTests::namespace)),
                new AttributeTest<>(
                        source.remoteIpBlocks(), source.notRemoteIpBlocks(), range(Principal.Builder::setRemoteIp)),
                new AttributeTest<>(
                        source.ipBlocks(), source.notIpBlocks(), range(Principal.Builder::setDirectRemoteIp)));
    }

    /** Empty when the condition is not about who does it. */
    Optional<AttributeTest<Principal>> ofCondition(Condition condition) {
        List<String> values = condition.values();
        List<String> notValues = condition.notValues();
        return switch (condition.key()) {
            case "source.principal" -> Optional.of(principals(values, notValues));
            case "source.trustDomain" -> Optional.of(trustDomains(values, notValues));
            default -> matcher(condition.key()).map(matcher -> new AttributeTest<>(values, notValues, matcher));
        };
    }

    private Optional<Matcher<Principal>> matcher(String key) {
        return switch (key) {
            case "source.ip" -> Optional.of(range(Principal.Builder::setDirectRemoteIp));
            case "remote.ip" -> Optional.of(range(Principal.Builder::setRemoteIp));
            case "source.namespace" -> Optional.of(peer(PrincipalTests::namespace));
            case "source.serviceAccount" -> Optional.of(serviceAccount);
            case "request.auth.principal" -> Optional.of(token);
            case "request.auth.audiences" -> Optional.of(claim(List.of("aud")));
            case "request.auth.presenter" -> Optional.of(claim(List.of("azp")));
            default -> {
                if (key.startsWith(HEADERS)) {
                    yield Optional.of(new Each<>(value -> header(key.substring(HEADERS.length()), value)));
                }
                yield key.startsWith(CLAIMS)
                        ? Optional.of(claim(TokenPrincipals.claimPath(key.substring(CLAIMS.length()))))
                        : Optional.empty();
            }
        };
    }

    private AttributeTest<Principal> principals(List<String> values, List<String> notValues) {
        return new AttributeTest<>(
                aliases.ofPrincipals(values),
                aliases.ofPrincipals(notValues),
                peer(principal -> TextMatches.text(SPIFFE, principal)));
    }

    private AttributeTest<Principal> trustDomains(List<String> values, List<String> notValues) {
        return new AttributeTest<>(
                aliases.ofDomains(values), aliases.ofDomains(notValues), peer(PrincipalTests::trustDomain));
    }

    private static Matcher<Principal> peer(Function<String, StringMatcher> name) {
        return new Each<>(value -> Optional.of(Principal.newBuilder()
                .setAuthenticated(Principal.Authenticated.newBuilder().setPrincipalName(name.apply(value)))
                .build()));
    }

    private static Matcher<Principal> range(BiFunction<Principal.Builder, CidrRange, Principal.Builder> setter) {
        return new Each<>(value -> Optional.ofNullable(Addresses.cidr(value))
                .map(range -> setter.apply(Principal.newBuilder(), range).build()));
    }

    private Matcher<Principal> whenHttp(Function<List<String>, Optional<Principal>> term) {
        return new Together<>(values -> tcp ? Optional.empty() : term.apply(values));
    }

    private Matcher<Principal> claim(List<String> path) {
        return whenHttp(values -> path.isEmpty()
                ? Optional.empty()
                : Optional.of(Principal.newBuilder()
                        .setMetadata(ClaimMatches.matcher(path, TextMatches.anyText(values)))
                        .build()));
    }

    private Optional<Principal> header(String bracketed, String value) {
        if (tcp || bracketed.length() < 2 || !bracketed.startsWith("[") || !bracketed.endsWith("]")) {
            return Optional.empty();
        }
        String name = bracketed.substring(1, bracketed.length() - 1);
        return Optional.of(Principal.newBuilder()
                .setHeader(TextMatches.header(name, value, false))
                .build());
    }

    private static StringMatcher namespace(String name) {
        StringBuilder pattern = new StringBuilder(".*/ns/");
        String[] parts = name.split("\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return TextMatches.regex(pattern.append("/.*").toString());
    }

    private StringMatcher serviceAccount(String text) {
        int slash = text.indexOf('/');
        String in = slash < 0 ? namespace : text.substring(0, slash);
        String name = text.substring(slash + 1);
        return TextMatches.regex(SPIFFE + ".+/ns/" + Pattern.quote(in) + "/(.+/|)sa/" + Pattern.quote(name) + "(/.+)?");
    }

    private static StringMatcher trustDomain(String domain) {
        int star = domain.indexOf('*');
        if (star < 0) {
            return TextMatches.prefix(SPIFFE + domain + "/");
        }
        if (domain.equals("*")) {
            return TextMatches.prefix(SPIFFE);
        }
        return TextMatches.regex(SPIFFE
                + Pattern.quote(domain.substring(0, star))
                + "[^/]*"
                + Pattern.quote(domain.substring(star + 1))
                + "/.*");
    }
}
