package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoyfilter.ListenerPatches;
import io.layar.xdsgen.envoyfilter.Patches;
import io.layar.xdsgen.envoyfilter.RoutePatches;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainPolicies;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.TcpChains;
import java.util.ArrayList;
import java.util.List;

/** The listeners of a sidecar: outbound, explicit proxy, captured outbound, inbound. */
final class SidecarListeners {
    private final ProxyView view;
    private final ChainContext context;
    private final ConnectionManagers managers;
    private final Patches patches;

    SidecarListeners(ProxyView view, ChainContext context, ConnectionManagers managers, Patches patches) {
        this.view = view;
        this.context = context;
        this.managers = managers;
        this.patches = patches;
    }

    List<XdsResource> all() {
        if (view.mesh().proxyListenPort() <= 0) {
            return List.of();
        }
        List<XdsResource> out = new ArrayList<>(
                Listeners.patched(outbound(), new ListenerPatches(patches, PatchContext.SIDECAR_OUTBOUND), patches));
        out.addAll(Listeners.patched(inbound(), new ListenerPatches(patches, PatchContext.SIDECAR_INBOUND), patches));
        return out;
    }

    private List<XdsResource> outbound() {
        List<XdsResource> out = new ArrayList<>();
        TcpChains tcp = new TcpChains(view, context, ChainPolicies.NONE);
        CatchAllChains catchAll = new CatchAllChains(view, context, managers, tcp);
        OutboundWriter writer = new OutboundWriter(view, managers);
        FilterChain rest = catchAll.ofListener();
        ImmutableList<String> telemetry = context.telemetry().origins();
        for (OutboundEntry entry : new OutboundListeners(view, context, tcp).entries()) {
            out.add(Listeners.resource(writer.write(entry, rest), telemetry, entry.origins));
        }
        VirtualOutbound virtual = new VirtualOutbound(view, context, catchAll);
        OutboundEntry proxy = virtual.httpProxy();
        if (proxy != null) {
            out.add(Listeners.resource(writer.write(proxy, rest), telemetry, List.of()));
        }
        Listener captured = virtual.captured();
        if (captured != null) {
            out.add(Listeners.resource(captured, telemetry, view.scope().origins()));
        }
        return out;
    }

    private List<XdsResource> inbound() {
        TcpChains tcp = new TcpChains(view, context, context.policies());
        RoutePatches routes = new RoutePatches(patches, PatchContext.SIDECAR_INBOUND, ImmutableSetMultimap.of());
        List<XdsResource> out = new ArrayList<>();
        new InboundListeners(view, context, tcp, managers, routes::apply)
                .all()
                .forEach(made -> out.add(
                        Listeners.resource(made.listener(), context.telemetry().origins(), made.origins())));
        return out;
    }
}
