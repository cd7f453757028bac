package io.layar.xdsgen.authz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.layar.config.security.Condition;
import io.layar.config.security.Operation;
import io.layar.config.security.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCompilerTest {
    private static final TrustDomainAliases LOCAL = TrustDomainAliases.of("cluster.local", List.of());

    private static Optional<Policy> compile(Rule rule, boolean tcp, boolean allows) {
        return new RuleCompiler(new PermissionTests(tcp), new PrincipalTests(tcp, "shop", LOCAL), allows).policy(rule);
    }

    private static Rule to(List<String> paths, List<String> ports) {
        ImmutableList<String> none = ImmutableList.of();
        Operation operation = new Operation(
                none, none, ImmutableList.copyOf(ports), none, none, none, ImmutableList.copyOf(paths), none);
        return new Rule(ImmutableList.of(), ImmutableList.of(new Rule.To(operation)), ImmutableList.of());
    }

    private static Rule when(String key, String value) {
        Condition condition = new Condition(key, ImmutableList.of(value), ImmutableList.of());
        return new Rule(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(condition));
    }

    @Test
    void anEmptyRuleMatchesEverything() {
        Rule empty = new Rule(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
        assertThat(compile(empty, false, true)).hasValueSatisfying(policy -> {
            assertThat(policy.getPermissions(0).getAndRules().getRules(0).getAny())
                    .isTrue();
            assertThat(policy.getPrincipals(0).getAndIds().getIds(0).getAny()).isTrue();
        });
    }

    @Test
    void onTcpAnAllowRuleWithAPathAllowsNothing() {
        assertThat(compile(to(List.of("/a"), List.of("80")), true, true)).isEmpty();
    }

    @Test
    void onTcpADenyRuleWithAPathDeniesWhateverElseFits() {
        assertThat(compile(to(List.of("/a"), List.of("80")), true, false)).hasValueSatisfying(policy -> {
            assertThat(policy.getPermissions(0).getAndRules().getRulesList()).hasSize(1);
            assertThat(policy.getPermissions(0)
                            .getAndRules()
                            .getRules(0)
                            .getOrRules()
                            .getRules(0)
                            .getDestinationPort())
                    .isEqualTo(80);
        });
    }

    @Test
    void aPathWithBracesIsATemplate() {
        assertThat(compile(to(List.of("/a/{*}/{**}"), List.of()), false, true))
                .hasValueSatisfying(policy -> assertThat(policy.getPermissions(0)
                                .getAndRules()
                                .getRules(0)
                                .getOrRules()
                                .getRules(0)
                                .getUriTemplate()
                                .getName())
                        .isEqualTo("uri-template"));
    }

    @ParameterizedTest
    @CsvSource({
        "source.namespace, a*b, .*/ns/a.*b/.*",
        "source.serviceAccount, web, 'spiffe://.+/ns/shop/(.+/|)sa/web(/.+)?'",
        "source.serviceAccount, bank/web.a, 'spiffe://.+/ns/bank/(.+/|)sa/web\\.a(/.+)?'",
        "source.trustDomain, a.*, 'spiffe://a\\.[^/]*/.*'",
        "source.principal, */sa/web, 'spiffe://.*/sa/web'"
    })
    void peersAreMatchedByTheNamesInTheirCertificates(String key, String value, String regex) {
        assertThat(compile(when(key, value), false, true))
                .hasValueSatisfying(policy -> assertThat(policy.getPrincipals(0)
                                .getAndIds()
                                .getIds(0)
                                .getOrIds()
                                .getIds(0)
                                .getAuthenticated()
                                .getPrincipalName()
                                .getSafeRegex()
                                .getRegex())
                        .isEqualTo(regex));
    }

    @Test
    void anUnknownAttributeMakesTheRuleVanish() {
        assertThat(compile(when("source.colour", "red"), false, false)).isEmpty();
    }

    @Test
    void principalsAreRepeatedForEveryNameOfTheTrustDomain() {
        TrustDomainAliases aliases = TrustDomainAliases.of("new", List.of("old"));
        assertThat(aliases.ofPrincipals(List.of("cluster.local/ns/a/sa/b", "other/ns/a/sa/b", "*/ns/a/sa/b")))
                .containsExactly("new/ns/a/sa/b", "old/ns/a/sa/b", "other/ns/a/sa/b", "*/ns/a/sa/b");
    }

    @ParameterizedTest
    @CsvSource({"[a][b], a|b", "[a], a", "[a[b], a[b", "[a][, ''", "a, ''"})
    void nestedClaimsAreNamedInBrackets(String text, String path) {
        assertThat(String.join("|", TokenPrincipals.claimPath(text))).isEqualTo(path);
    }
}
