package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.EnvoyTypes;
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
        List<XdsResource> out = new ArrayList<>(
                switch (view.proxy().type()) {
                    case SIDECAR -> SidecarListeners.generate(view, context, new ConnectionManagers(context));
                    case ROUTER -> GatewayListeners.generate(view, context, new ConnectionManagers(context));
                    case WAYPOINT, ZTUNNEL -> List.<XdsResource>of();
                });
        out.sort(Comparator.comparing(XdsResource::name));
        return out;
    }

    static XdsResource resource(Listener listener, Collection<String> origins, ChainContext context) {
        Set<String> all = new LinkedHashSet<>(origins);
        all.addAll(context.telemetry().origins());
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
