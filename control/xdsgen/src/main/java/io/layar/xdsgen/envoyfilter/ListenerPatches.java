package io.layar.xdsgen.envoyfilter;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.xdsgen.envoy.EnvoyTypes;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.NetworkFilters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patches listeners of one side: the listener, its listener filters, its chains, their network and HTTP filters. */
public final class ListenerPatches {
    private final Patches patches;
    private final PatchContext context;

    public ListenerPatches(Patches patches, PatchContext context) {
        this.patches = patches;
        this.context = context;
    }

    /** Listeners that are added; those without a side only to outbound ones and to gateways. */
    public List<Listener> added() {
        List<Listener> out = new ArrayList<>();
        for (Patch patch : of(ApplyTo.LISTENER)) {
            boolean everywhere = patch.isForAny() && context == PatchContext.SIDECAR_INBOUND;
            if (patch.operation() == Operation.ADD && !everywhere && patch.value() instanceof Listener listener) {
                out.add(listener);
            }
        }
        return out;
    }

    private List<Patch> of(ApplyTo target) {
        return patches.to(target).stream().filter(patch -> patch.isFor(context)).toList();
    }

    private List<Patch> of(ApplyTo target, Listener.Builder listener) {
        return of(target).stream()
                .filter(patch -> ListenerMatches.listener(listener, patch))
                .toList();
    }

    /** Null when a patch removes the listener. */
    public @Nullable Listener apply(Listener listener) {
        if (patches.isEmpty()) {
            return listener;
        }
        Listener.Builder out = listener.toBuilder();
        for (Patch patch : of(ApplyTo.LISTENER, out)) {
            if (patch.operation() == Operation.REMOVE) {
                return null;
            }
            if (patch.isMerge()) {
                patch.mergeInto(out);
            }
        }
        listenerFilters(out);
        chains(out);
        return out.build();
    }

    private void listenerFilters(Listener.Builder listener) {
        List<ListenerFilter> filters = FilterLists.copy(listener.getListenerFiltersList());
        for (Patch patch : of(ApplyTo.LISTENER_FILTER, listener)) {
            String name = ListenerMatches.listenerFilter(patch);
            boolean named = !name.isEmpty();
            if (patch.operation() == Operation.REMOVE) {
                FilterLists.remove(filters, named, filter -> filter.getName().equals(name));
            } else if (patch.value() instanceof ListenerFilter value) {
                if (patch.operation() == Operation.MERGE && named) {
                    filters.replaceAll(filter -> filter.getName().equals(name) ? merged(filter, value) : filter);
                } else {
                    FilterLists.apply(
                            filters,
                            patch.operation(),
                            value,
                            named,
                            filter -> filter.getName().equals(name));
                }
            }
        }
        listener.clearListenerFilters().addAllListenerFilters(filters);
    }

    private static ListenerFilter merged(ListenerFilter filter, ListenerFilter patch) {
        return filter.hasTypedConfig() && patch.hasTypedConfig()
                ? filter.toBuilder()
                        .setTypedConfig(ProtoMerge.merge(filter.getTypedConfig(), patch.getTypedConfig()))
                        .build()
                : filter;
    }

    private void chains(Listener.Builder listener) {
        List<FilterChain> chains = new ArrayList<>();
        for (FilterChain chain : listener.getFilterChainsList()) {
            FilterChain patched = chain(listener, chain);
            if (patched != null) {
                chains.add(patched);
            }
        }
        if (listener.hasDefaultFilterChain()) {
            FilterChain patched = chain(listener, listener.getDefaultFilterChain());
            if (patched == null) {
                listener.clearDefaultFilterChain();
            } else {
                listener.setDefaultFilterChain(patched);
            }
        }
        for (Patch patch : of(ApplyTo.FILTER_CHAIN, listener)) {
            if (patch.operation() == Operation.ADD && patch.value() instanceof FilterChain added) {
                chains.add(added);
            }
        }
        listener.clearFilterChains().addAllFilterChains(chains);
    }

    private @Nullable FilterChain chain(Listener.Builder listener, FilterChain chain) {
        FilterChain.Builder out = chain.toBuilder();
        for (Patch patch : of(ApplyTo.FILTER_CHAIN, listener)) {
            if (!ListenerMatches.chain(listener, out, patch)) {
                continue;
            }
            if (patch.operation() == Operation.REMOVE) {
                return null;
            }
            if (patch.isMerge() && patch.value() instanceof FilterChain value && !mergedSocket(out, value)) {
                patch.mergeInto(out);
            }
        }
        networkFilters(listener, out);
        return out.build();
    }

    /** A patch of the very transport socket that is there goes into its configuration, and nowhere else. */
    private static boolean mergedSocket(FilterChain.Builder chain, FilterChain patch) {
        if (!patch.hasTransportSocket()
                || !chain.hasTransportSocket()
                || !patch.getTransportSocket()
                        .getName()
                        .equals(chain.getTransportSocket().getName())) {
            return false;
        }
        TransportSocket socket = chain.getTransportSocket();
        if (socket.hasTypedConfig() && patch.getTransportSocket().hasTypedConfig()) {
            Any merged = ProtoMerge.merge(
                    socket.getTypedConfig(), patch.getTransportSocket().getTypedConfig());
            chain.setTransportSocket(socket.toBuilder().setTypedConfig(merged));
        }
        return true;
    }

    private List<Patch> of(ApplyTo target, Listener.Builder listener, FilterChain.Builder chain) {
        return of(target, listener).stream()
                .filter(patch -> ListenerMatches.chain(listener, chain, patch))
                .toList();
    }

    private void networkFilters(Listener.Builder listener, FilterChain.Builder chain) {
        List<Filter> filters = FilterLists.copy(chain.getFiltersList());
        List<Patch> ofChain = of(ApplyTo.NETWORK_FILTER, listener, chain);
        for (Patch patch : ofChain) {
            boolean named = ListenerMatches.namesNetworkFilter(patch);
            if (patch.operation() == Operation.REMOVE) {
                FilterLists.remove(filters, named, f -> ListenerMatches.networkFilter(f.getName(), patch));
            } else if (patch.value() instanceof Filter value) {
                FilterLists.apply(
                        filters,
                        patch.operation(),
                        value,
                        named,
                        f -> ListenerMatches.networkFilter(f.getName(), patch));
            }
        }
        List<Patch> ofHttp = of(ApplyTo.HTTP_FILTER, listener, chain);
        filters.replaceAll(filter -> http(merged(filter, ofChain), ofHttp));
        chain.clearFilters().addAllFilters(filters);
    }

    private static Filter merged(Filter filter, List<Patch> patches) {
        Filter.Builder out = filter.toBuilder();
        for (Patch patch : patches) {
            if (patch.operation() == Operation.MERGE
                    && ListenerMatches.networkFilter(out.getName(), patch)
                    && out.hasTypedConfig()
                    && patch.value() instanceof Filter value) {
                if (value.hasTypedConfig()) {
                    out.setTypedConfig(ProtoMerge.merge(out.getTypedConfig(), value.getTypedConfig()));
                }
                if (!value.getName().isEmpty()) {
                    out.setName(value.getName());
                }
            }
        }
        return out.build();
    }

    private static Filter http(Filter filter, List<Patch> patches) {
        boolean manager = filter.getName().equals(NetworkFilters.HTTP_CONNECTION_MANAGER_NAME)
                && filter.getTypedConfig().is(HttpConnectionManager.class);
        List<Patch> own = patches.stream()
                .filter(patch -> ListenerMatches.networkFilter(filter.getName(), patch))
                .toList();
        if (!manager || own.isEmpty()) {
            return filter;
        }
        HttpConnectionManager config = (HttpConnectionManager) EnvoyTypes.unpack(filter.getTypedConfig());
        List<HttpFilter> filters = FilterLists.copy(config.getHttpFiltersList());
        for (Patch patch : own) {
            boolean named = ListenerMatches.namesHttpFilter(patch);
            if (patch.operation() == Operation.REMOVE) {
                FilterLists.remove(filters, named, f -> ListenerMatches.httpFilter(f.getName(), patch));
            } else if (patch.value() instanceof HttpFilter value) {
                FilterLists.apply(
                        filters, patch.operation(), value, named, f -> ListenerMatches.httpFilter(f.getName(), patch));
            }
        }
        filters.replaceAll(f -> mergedHttp(f, own));
        return filter.toBuilder()
                .setTypedConfig(Protos.pack(config.toBuilder()
                        .clearHttpFilters()
                        .addAllHttpFilters(filters)
                        .build()))
                .build();
    }

    private static HttpFilter mergedHttp(HttpFilter filter, List<Patch> patches) {
        HttpFilter.Builder out = filter.toBuilder();
        for (Patch patch : patches) {
            if (patch.operation() == Operation.MERGE
                    && ListenerMatches.httpFilter(out.getName(), patch)
                    && out.hasTypedConfig()
                    && patch.value() instanceof HttpFilter value) {
                if (value.hasTypedConfig()) {
                    out.setTypedConfig(ProtoMerge.merge(out.getTypedConfig(), value.getTypedConfig()));
                }
                if (!value.getName().isEmpty()) {
                    out.setName(value.getName());
                }
            }
        }
        return out.build();
    }
}
