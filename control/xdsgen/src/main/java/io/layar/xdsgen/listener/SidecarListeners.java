package io.layar.xdsgen.listener;

import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainPolicies;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.TcpChains;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The listeners of a sidecar: outbound, explicit proxy, captured outbound, inbound. */
final class SidecarListeners {
    private SidecarListeners() {}

    static List<XdsResource> generate(ProxyView view, ChainContext context, ConnectionManagers managers) {
        List<XdsResource> out = new ArrayList<>();
        if (view.mesh().proxyListenPort() <= 0) {
            return out;
        }
        TcpChains outbound = new TcpChains(view, context, ChainPolicies.NONE);
        CatchAllChains catchAll = new CatchAllChains(view, outbound);
        OutboundWriter writer = new OutboundWriter(view, managers);
        FilterChain rest = catchAll.ofListener();
        for (OutboundEntry entry : new OutboundListeners(view, context, outbound).entries()) {
            out.add(Listeners.resource(writer.write(entry, rest), entry.origins, context));
        }
        VirtualOutbound virtual = new VirtualOutbound(view, context, catchAll);
        OutboundEntry proxy = virtual.httpProxy();
        if (proxy != null) {
            out.add(Listeners.resource(writer.write(proxy, rest), List.of(), context));
        }
        Listener captured = virtual.captured();
        if (captured != null) {
            out.add(Listeners.resource(captured, view.scope().origins(), context));
        }
        TcpChains inbound = new TcpChains(view, context, context.policies());
        new InboundListeners(view, context, inbound, managers, UnaryOperator.identity())
                .all()
                .forEach(made -> out.add(Listeners.resource(made.listener(), made.origins(), context)));
        return out;
    }
}
