package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.mesh.MeshConfig;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.authn.TokenFilters;
import io.layar.xdsgen.authz.Authorizers;
import io.layar.xdsgen.authz.CustomFilters;
import io.layar.xdsgen.authz.RuleFilters;
import io.layar.xdsgen.authz.WorkloadPolicies;
import io.layar.xdsgen.filterchain.ChainPolicies;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.telemetry.Providers.ServiceLookup;

/** What authorization and authentication ask of a proxy's incoming connections; of a sidecar's outgoing ones, nothing. */
record SecurityFilters(
        ImmutableList<HttpFilter> customHttp,
        ImmutableList<HttpFilter> tokens,
        ImmutableList<HttpFilter> rulesHttp,
        ImmutableList<Filter> customTcp,
        ImmutableList<Filter> rulesTcp)
        implements ChainPolicies {

    static SecurityFilters of(ProxyView view, ServiceLookup services) {
        MeshConfig mesh = view.mesh();
        WorkloadPolicies policies = WorkloadPolicies.of(view.config(), view.proxy(), mesh.rootNamespace());
        RuleFilters rules = new RuleFilters(policies, mesh.trustDomain(), mesh.trustDomainAliases());
        CustomFilters custom = new CustomFilters(
                policies,
                new Authorizers(mesh, services),
                mesh.trustDomain(),
                mesh.trustDomainAliases(),
                view.isOn(Feature.ENABLE_MULTIPLE_CUSTOM_AUTHZ));
        return new SecurityFilters(
                custom.http(),
                TokenFilters.of(
                        view.config(),
                        view.proxy(),
                        mesh.rootNamespace(),
                        view.features().text("PILOT_JWT_ENABLE_REMOTE_JWKS", ""),
                        services),
                rules.http(),
                custom.tcp(),
                rules.tcp());
    }

    @Override
    public ImmutableList<HttpFilter> customHttp(ListenerClass side) {
        return incoming(side, customHttp);
    }

    @Override
    public ImmutableList<HttpFilter> tokens(ListenerClass side) {
        return incoming(side, tokens);
    }

    @Override
    public ImmutableList<HttpFilter> rulesHttp(ListenerClass side) {
        return incoming(side, rulesHttp);
    }

    @Override
    public ImmutableList<Filter> customTcp(ListenerClass side) {
        return incoming(side, customTcp);
    }

    @Override
    public ImmutableList<Filter> rulesTcp(ListenerClass side) {
        return incoming(side, rulesTcp);
    }

    private static <T> ImmutableList<T> incoming(ListenerClass side, ImmutableList<T> filters) {
        return side == ListenerClass.SIDECAR_OUTBOUND ? ImmutableList.of() : filters;
    }
}
