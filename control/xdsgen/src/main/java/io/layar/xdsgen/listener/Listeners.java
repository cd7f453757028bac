package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.envoyfilter.ListenerPatches;
import io.layar.xdsgen.envoyfilter.Patches;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.gateway.GatewayListeners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All listeners of a proxy. */
public final class Listeners {
    private Listeners() {}

    /** Order: by name. */
    public static List<XdsResource> generate(ProxyView view) {
        ChainContext context = ChainContexts.of(view);
        Patches patches = Patches.of(view);
        ConnectionManagers managers = new ConnectionManagers(context);
        List<XdsResource> out = new ArrayList<>(
                switch (view.proxy().type()) {
                    case SIDECAR -> new SidecarListeners(view, context, managers, patches).all();
                    case ROUTER ->
                        patched(
                                GatewayListeners.generate(view, context, managers),
                                new ListenerPatches(patches, PatchContext.GATEWAY),
                                patches);
                    case WAYPOINT, ZTUNNEL -> List.<XdsResource>of();
                });
        out.sort(Comparator.comparing(XdsResource::name));
        return out;
    }

    /** With what patches change, remove and add. */
    static List<XdsResource> patched(List<XdsResource> made, ListenerPatches changes, Patches patches) {
        List<XdsResource> out = new ArrayList<>();
        for (XdsResource resource : made) {
            Listener listener = changes.apply((Listener) resource.message());
            if (listener != null) {
                out.add(resource(
                        listener,
                        listener.equals(resource.message()) ? ImmutableList.of() : patches.origins(),
                        resource.provenance()));
            }
        }
        changes.added().forEach(added -> out.add(resource(added, patches.origins(), ImmutableList.of())));
        return out;
    }

    static XdsResource resource(Listener listener, Collection<String> origins, Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(more);
        all.addAll(origins);
        return new XdsResource(listener.getName(), listener, ImmutableList.copyOf(all));
    }

    /** The route configurations that the connection managers of listeners name. Order: by name. */
    public static List<String> routeNames(List<XdsResource> listeners) {
        Set<String> names = new TreeSet<>();
        for (XdsResource resource : listeners) {
            Listener listener = (Listener) resource.message();
            Stream.concat(listener.getFilterChainsList().stream(), Stream.of(listener.getDefaultFilterChain()))
                    .map(FilterChain::getFiltersList)
                    .flatMap(List::stream)
                    .filter(filter -> filter.getTypedConfig().is(HttpConnectionManager.class))
                    .map(Filter::getTypedConfig)
                    .map(Listeners::routeName)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return List.copyOf(names);
    }

    private static String routeName(Any config) {
        return ((HttpConnectionManager) EnvoyTypes.unpack(config)).getRds().getRouteConfigName();
    }
}
