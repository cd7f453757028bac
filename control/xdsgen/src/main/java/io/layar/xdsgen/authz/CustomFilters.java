package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.layar.config.Resource;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.security.AuthorizationPolicy.Action;
import io.layar.config.security.AuthorizationPolicy.ExtensionProvider;
import io.layar.xdsgen.authz.Authorizers.Authorizer;
import io.layar.xdsgen.filterchain.HttpFilters;
import io.layar.xdsgen.filterchain.NetworkFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The filters of policies that leave the decision to an external authorizer.
 *
 * <p>Shape: per authorizer a pair, rules that are only tried and say which requests are its concern, and the call. Order: by
 * the authorizer's name.
 *
 * <p>Errors: requests that are the concern of an unknown authorizer, or of several where only one may be, are denied.
 */
public final class CustomFilters {
    private static final String NAME_PREFIX = "istio-ext-authz";
    private static final String BAD_SUFFIX = "-deny-due-to-bad-CUSTOM-action";
    private static final String STATS = "istio_ext_authz_";
    private static final String POLICY_KEY = STATS + "shadow_effective_policy_id";
    private static final String HTTP_NAME = "envoy.filters.http.ext_authz";
    private static final String NETWORK_NAME = "envoy.filters.network.ext_authz";

    private final List<Resource<AuthorizationPolicy>> policies;
    private final Authorizers authorizers;
    private final TrustDomainAliases aliases;
    private final boolean severalAllowed;

    public CustomFilters(
            WorkloadPolicies policies,
            Authorizers authorizers,
            String trustDomain,
            List<String> trustDomainAliases,
            boolean severalAllowed) {
        this.policies = policies.with(Action.CUSTOM);
        this.authorizers = authorizers;
        this.aliases = TrustDomainAliases.of(trustDomain, trustDomainAliases);
        this.severalAllowed = severalAllowed;
    }

    /** What concerns one authorizer; without one it is denied. */
    private record Concern(String name, PolicyRules rules, Optional<Authorizer> authorizer) {
        RBAC enforced() {
            return rules.enforced() == null
                    ? RBAC.newBuilder().setAction(RBAC.Action.DENY).build()
                    : rules.enforced();
        }

        RBAC denied() {
            RBAC.Builder out = RBAC.newBuilder().setAction(RBAC.Action.DENY);
            enforced().getPoliciesMap().forEach((name, policy) -> out.putPolicies(name + BAD_SUFFIX, policy));
            return out.build();
        }

        Optional<RBAC> tried() {
            return Optional.ofNullable(rules.tried()).filter(rules -> rules.getPoliciesCount() > 0);
        }
    }

    public ImmutableList<HttpFilter> http() {
        ImmutableList.Builder<HttpFilter> out = ImmutableList.builder();
        for (Concern concern : concerns(false)) {
            var rules = io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
            if (concern.authorizer().isEmpty()) {
                rules.setRules(concern.denied());
                out.add(HttpFilters.filter(RuleFilters.HTTP_NAME, rules.build()));
                continue;
            }
            rules.setShadowRules(concern.enforced()).setShadowRulesStatPrefix(STATS);
            concern.tried().ifPresent(rules::setRules);
            out.add(HttpFilters.filter(RuleFilters.HTTP_NAME, rules.build()));
            out.add(HttpFilters.filter(
                    HTTP_NAME,
                    concern.authorizer().get().http().toBuilder()
                            .setFilterEnabledMetadata(concerned(RuleFilters.HTTP_NAME, concern.name()))
                            .build()));
        }
        return out.build();
    }

    public ImmutableList<Filter> tcp() {
        ImmutableList.Builder<Filter> out = ImmutableList.builder();
        for (Concern concern : concerns(true)) {
            var rules = io.envoyproxy
                    .envoy
                    .extensions
                    .filters
                    .network
                    .rbac
                    .v3
                    .RBAC
                    .newBuilder()
                    .setStatPrefix(RuleFilters.TCP_STATS);
            if (concern.authorizer().isEmpty()) {
                rules.setRules(concern.denied());
                out.add(NetworkFilters.filter(RuleFilters.NETWORK_NAME, rules.build()));
                continue;
            }
            var call = concern.authorizer().get().tcp();
            if (call == null) {
                continue;
            }
            rules.setShadowRules(concern.enforced()).setShadowRulesStatPrefix(STATS);
            concern.tried().ifPresent(rules::setRules);
            out.add(NetworkFilters.filter(RuleFilters.NETWORK_NAME, rules.build()));
            out.add(NetworkFilters.filter(
                    NETWORK_NAME,
                    call.toBuilder()
                            .setFilterEnabledMetadata(concerned(RuleFilters.NETWORK_NAME, concern.name()))
                            .build()));
        }
        return out.build();
    }

    private List<Concern> concerns(boolean tcp) {
        TreeMap<String, List<Resource<AuthorizationPolicy>>> byName = new TreeMap<>();
        for (Resource<AuthorizationPolicy> policy : policies) {
            ExtensionProvider provider = policy.spec().provider();
            byName.computeIfAbsent(provider == null ? "" : provider.name(), _ -> new ArrayList<>())
                    .add(policy);
        }
        boolean known = severalAllowed || byName.size() == 1;
        List<Concern> out = new ArrayList<>();
        byName.forEach((name, of) -> {
            String prefix = NAME_PREFIX + "-" + (name.isEmpty() ? "" : name + "-");
            PolicyRules rules = PolicyRules.of(of, RBAC.Action.DENY, prefix, tcp, aliases);
            out.add(new Concern(name, rules, known ? authorizers.named(name) : Optional.empty()));
        });
        return out;
    }

    /** Did the rules before find a policy of this authorizer? */
    private static MetadataMatcher concerned(String rules, String authorizer) {
        return MetadataMatcher.newBuilder()
                .setFilter(rules)
                .addPath(PathSegment.newBuilder().setKey(POLICY_KEY))
                .setValue(TextMatches.value(TextMatches.prefix(NAME_PREFIX + "-" + authorizer)))
                .build();
    }
}
