package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.layar.config.security.Condition;
import io.layar.config.security.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One rule of an AuthorizationPolicy as a policy of Envoy.
 *
 * <p>Errors: what a connection cannot be tested for, makes a rule that allows vanish, and is left out of any other: either
 * way less is let through.
 */
final class RuleCompiler {
    private final PermissionTests permissions;
    private final PrincipalTests principals;
    private final boolean strict;

    RuleCompiler(PermissionTests permissions, PrincipalTests principals, boolean strict) {
        this.permissions = permissions;
        this.principals = principals;
        this.strict = strict;
    }

    Optional<Policy> policy(Rule rule) {
        List<AttributeTest<Permission>> what = new ArrayList<>();
        List<AttributeTest<Principal>> who = new ArrayList<>();
        for (Condition condition : rule.when()) {
            Optional<AttributeTest<Permission>> onAction = permissions.ofCondition(condition);
            Optional<AttributeTest<Principal>> onPeer = principals.ofCondition(condition);
            if (onAction.isEmpty() && onPeer.isEmpty()) {
                return Optional.empty();
            }
            onAction.ifPresent(what::add);
            onPeer.ifPresent(who::add);
        }
        List<ImmutableList<AttributeTest<Permission>>> operations = rule.to().stream()
                .map(to -> to.operation() == null
                        ? ImmutableList.<AttributeTest<Permission>>of()
                        : permissions.ofOperation(to.operation()))
                .toList();
        List<ImmutableList<AttributeTest<Principal>>> sources = rule.from().stream()
                .map(from -> from.source() == null
                        ? ImmutableList.<AttributeTest<Principal>>of()
                        : principals.ofSource(from.source()))
                .toList();
        Optional<List<Permission>> allWhat = alternatives(operations, what, Terms.PERMISSIONS);
        Optional<List<Principal>> allWho = alternatives(sources, who, Terms.PRINCIPALS);
        return allWhat.flatMap(permitted -> allWho.map(peers -> Policy.newBuilder()
                .addAllPermissions(permitted)
                .addAllPrincipals(peers)
                .build()));
    }

    /** Each alternative with the tests that all share; only these when there are no alternatives. */
    private <T> Optional<List<T>> alternatives(
            List<ImmutableList<AttributeTest<T>>> alternatives, List<AttributeTest<T>> shared, Terms<T> terms) {
        List<T> out = new ArrayList<>();
        for (List<AttributeTest<T>> tests :
                alternatives.isEmpty() ? List.of(ImmutableList.<AttributeTest<T>>of()) : alternatives) {
            List<AttributeTest<T>> all = new ArrayList<>(tests);
            all.addAll(shared);
            Optional<T> term = all(all, terms);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            out.add(term.get());
        }
        return Optional.of(out);
    }

    private <T> Optional<T> all(List<AttributeTest<T>> tests, Terms<T> terms) {
        List<T> out = new ArrayList<>();
        for (AttributeTest<T> test : tests) {
            Optional<List<T>> some = test.terms(terms, strict);
            if (some.isEmpty()) {
                return Optional.empty();
            }
            out.addAll(some.get());
        }
        return Optional.of(terms.and(out.isEmpty() ? List.of(terms.any()) : out));
    }
}
