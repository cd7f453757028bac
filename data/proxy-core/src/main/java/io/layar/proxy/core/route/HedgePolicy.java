package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;

/** Whether an attempt that exceeds its per-try timeout goes on beside the next one. Source: Envoy reads only this field, too. */
public record HedgePolicy(boolean onPerTryTimeout) {
    static final HedgePolicy NONE = new HedgePolicy(false);

    static HedgePolicy of(RouteAction route, VirtualHost host) {
        if (route.hasHedgePolicy()) {
            return new HedgePolicy(route.getHedgePolicy().getHedgeOnPerTryTimeout());
        }
        return host.hasHedgePolicy() ? new HedgePolicy(host.getHedgePolicy().getHedgeOnPerTryTimeout()) : NONE;
    }
}
