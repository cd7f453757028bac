package io.layar.xdsgen.envoyfilter;

import com.google.common.base.Splitter;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.FilterChainOrBuilder;
import io.envoyproxy.envoy.config.listener.v3.ListenerOrBuilder;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.ListenerMatch;
import org.jspecify.annotations.Nullable;

/** Which listener, chain and filter a patch is for. */
final class ListenerMatches {
    private static final Splitter COMMAS = Splitter.on(',');

    private ListenerMatches() {}

    private static @Nullable ListenerMatch match(Patch patch) {
        return patch.match() == null ? null : patch.match().listener();
    }

    private static boolean isVirtual(ListenerOrBuilder listener) {
        return listener.getName().equals("virtualInbound") || listener.getName().equals("virtualOutbound");
    }

    /** By name and port; below the listener itself the port of a capturing listener is that of a chain. */
    static boolean listener(ListenerOrBuilder listener, Patch patch) {
        ListenerMatch match = match(patch);
        if (match == null) {
            return true;
        }
        if (!match.name().isEmpty() && !match.name().equals(listener.getName())) {
            return false;
        }
        if (match.portNumber() == 0 || (patch.applyTo() != ApplyTo.LISTENER && isVirtual(listener))) {
            return true;
        }
        return listener.getAddress().hasSocketAddress()
                && listener.getAddress().getSocketAddress().getPortValue() == match.portNumber();
    }

    static boolean chain(ListenerOrBuilder listener, FilterChainOrBuilder chain, Patch patch) {
        ListenerMatch match = match(patch);
        if (match == null) {
            return true;
        }
        FilterChainMatch on = chain.getFilterChainMatch();
        if (isVirtual(listener)
                && match.portNumber() > 0
                && on.getDestinationPort().getValue() != match.portNumber()) {
            return false;
        }
        ListenerMatch.FilterChainMatch wanted = match.filterChain();
        return wanted == null
                || ((wanted.name().isEmpty() || wanted.name().equals(chain.getName()))
                        && (wanted.sni().isEmpty() || on.getServerNamesList().contains(wanted.sni()))
                        && (wanted.transportProtocol().isEmpty()
                                || wanted.transportProtocol().equals(on.getTransportProtocol()))
                        && (wanted.applicationProtocols().isEmpty()
                                || on.getApplicationProtocolsList()
                                        .containsAll(COMMAS.splitToList(wanted.applicationProtocols())))
                        && (wanted.destinationPort() == 0
                                || on.getDestinationPort().getValue() == wanted.destinationPort()));
    }

    /** The name of the listener filter that is meant; empty for none. */
    static String listenerFilter(Patch patch) {
        ListenerMatch match = match(patch);
        return match == null ? "" : match.listenerFilter();
    }

    private static ListenerMatch.@Nullable FilterMatch filter(Patch patch) {
        ListenerMatch match = match(patch);
        return match == null || match.filterChain() == null
                ? null
                : match.filterChain().filter();
    }

    static boolean namesNetworkFilter(Patch patch) {
        return filter(patch) != null;
    }

    /** Is that network filter meant? Any is, when none is named. */
    static boolean networkFilter(String name, Patch patch) {
        ListenerMatch.FilterMatch filter = filter(patch);
        return filter == null || filter.name().equals(name);
    }

    static boolean namesHttpFilter(Patch patch) {
        ListenerMatch.FilterMatch filter = filter(patch);
        return filter != null && filter.subFilter() != null;
    }

    /** Is that HTTP filter meant? Any is, when none is named. */
    static boolean httpFilter(String name, Patch patch) {
        ListenerMatch.FilterMatch filter = filter(patch);
        return filter == null
                || filter.subFilter() == null
                || filter.subFilter().name().equals(name);
    }
}
