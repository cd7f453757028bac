package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;

/** The security filters of a proxy's chains, in the places where a chain puts them. */
public interface ChainPolicies {
    /** None at all. */
    ChainPolicies NONE = new ChainPolicies() {};

    /** Authorization by external services, before everything else. */
    default ImmutableList<HttpFilter> customHttp(ListenerClass side) {
        return ImmutableList.of();
    }

    /** Verification of tokens. */
    default ImmutableList<HttpFilter> tokens(ListenerClass side) {
        return ImmutableList.of();
    }

    /** Authorization by rules. */
    default ImmutableList<HttpFilter> rulesHttp(ListenerClass side) {
        return ImmutableList.of();
    }

    default ImmutableList<Filter> customTcp(ListenerClass side) {
        return ImmutableList.of();
    }

    default ImmutableList<Filter> rulesTcp(ListenerClass side) {
        return ImmutableList.of();
    }
}
