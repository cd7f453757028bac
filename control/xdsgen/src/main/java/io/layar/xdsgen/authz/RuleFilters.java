package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.Resource;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.security.AuthorizationPolicy.Action;
import io.layar.xdsgen.filterchain.HttpFilters;
import io.layar.xdsgen.filterchain.NetworkFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of policies that Envoy checks itself.
 *
 * <p>Order: what is only recorded, what is denied, what is allowed.
 */
public final class RuleFilters {
    static final String HTTP_NAME = "envoy.filters.http.rbac";
    static final String NETWORK_NAME = "envoy.filters.network.rbac";
    static final String TCP_STATS = "tcp.";

    private final WorkloadPolicies policies;
    private final TrustDomainAliases aliases;

    public RuleFilters(WorkloadPolicies policies, String trustDomain, List<String> trustDomainAliases) {
        this.policies = policies;
        this.aliases = TrustDomainAliases.of(trustDomain, trustDomainAliases);
    }

    public ImmutableList<HttpFilter> http() {
        return all(false).stream().map(RuleFilters::http).collect(ImmutableList.toImmutableList());
    }

    public ImmutableList<Filter> tcp() {
        return all(true).stream().map(RuleFilters::tcp).collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<PolicyRules> all(boolean tcp) {
        ImmutableList.Builder<PolicyRules> out = ImmutableList.builder();
        for (Action action : List.of(Action.AUDIT, Action.DENY, Action.ALLOW)) {
            List<Resource<AuthorizationPolicy>> chosen = policies.with(action);
            if (!chosen.isEmpty()) {
                out.add(PolicyRules.of(chosen, effect(action), "", tcp, aliases));
            }
        }
        return out.build();
    }

    private static RBAC.Action effect(Action action) {
        return switch (action) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY, CUSTOM -> RBAC.Action.DENY;
            case AUDIT -> RBAC.Action.LOG;
        };
    }

    private static HttpFilter http(PolicyRules rules) {
        var config = io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
        if (rules.enforced() != null) {
            config.setRules(rules.enforced());
        }
        config.setShadowRulesStatPrefix(triedPrefix(rules.tried()));
        if (rules.tried() != null) {
            config.setShadowRules(rules.tried());
        }
        return HttpFilters.filter(HTTP_NAME, config.build());
    }

    private static Filter tcp(PolicyRules rules) {
        var config = io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.newBuilder();
        config.setStatPrefix(TCP_STATS);
        if (rules.enforced() != null) {
            config.setRules(rules.enforced());
        }
        config.setShadowRulesStatPrefix(triedPrefix(rules.tried()));
        if (rules.tried() != null) {
            config.setShadowRules(rules.tried());
        }
        return NetworkFilters.filter(NETWORK_NAME, config.build());
    }

    /** Without rules to try, as if they allowed: nothing is counted under it then. */
    private static String triedPrefix(@Nullable RBAC rules) {
        return switch (rules == null ? RBAC.Action.ALLOW : rules.getAction()) {
            case ALLOW -> "istio_dry_run_allow_";
            case DENY -> "istio_dry_run_deny_";
            default -> "";
        };
    }
}
