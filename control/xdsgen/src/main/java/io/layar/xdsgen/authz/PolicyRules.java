package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.layar.config.Metadata;
import io.layar.config.Resource;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.security.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of several policies: those that are enforced, and those that are only tried.
 *
 * <p>Shape: a part is null when no policy is of that part; one with a policy but without rules matches nothing.
 */
record PolicyRules(@Nullable RBAC enforced, @Nullable RBAC tried) {
    private static final String DRY_RUN = "istio.io/dry-run";
    private static final ImmutableSet<String> TRUE = ImmutableSet.of("1", "t", "T", "true", "TRUE", "True");
    private static final Policy NEVER = Policy.newBuilder()
            .addPermissions(
                    Permission.newBuilder().setNotRule(Permission.newBuilder().setAny(true)))
            .addPrincipals(
                    Principal.newBuilder().setNotId(Principal.newBuilder().setAny(true)))
            .build();

    /**
     * @param namePrefix start of each policy's name in the rules
     */
    static PolicyRules of(
            List<Resource<AuthorizationPolicy>> policies,
            RBAC.Action action,
            String namePrefix,
            boolean tcp,
            TrustDomainAliases aliases) {
        RBAC.Builder enforced = null;
        RBAC.Builder tried = null;
        for (Resource<AuthorizationPolicy> policy : policies) {
            RBAC.Builder rules;
            if (TRUE.contains(policy.metadata().annotations().getOrDefault(DRY_RUN, ""))) {
                tried = tried == null ? RBAC.newBuilder().setAction(action) : tried;
                rules = tried;
            } else {
                enforced = enforced == null ? RBAC.newBuilder().setAction(action) : enforced;
                rules = enforced;
            }
            add(policy, namePrefix, tcp, aliases, rules);
        }
        return new PolicyRules(enforced == null ? null : enforced.build(), tried == null ? null : tried.build());
    }

    private static void add(
            Resource<AuthorizationPolicy> policy,
            String namePrefix,
            boolean tcp,
            TrustDomainAliases aliases,
            RBAC.Builder into) {
        Metadata metadata = policy.metadata();
        RuleCompiler compiler = new RuleCompiler(
                new PermissionTests(tcp),
                new PrincipalTests(tcp, metadata.namespace(), aliases),
                into.getAction() == RBAC.Action.ALLOW);
        String name = namePrefix + "ns[" + metadata.namespace() + "]-policy[" + metadata.name() + "]-rule[";
        List<Rule> rules = policy.spec().rules();
        if (rules.isEmpty()) {
            into.putPolicies(name + "0]", NEVER);
        }
        for (int i = 0; i < rules.size(); i++) {
            String ruleName = name + i + "]";
            compiler.policy(rules.get(i)).ifPresent(made -> into.putPolicies(ruleName, made));
        }
    }
}
