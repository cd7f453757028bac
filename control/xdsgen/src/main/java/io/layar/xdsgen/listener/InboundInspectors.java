package io.layar.xdsgen.listener;

import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.layar.xdsgen.filterchain.InboundMatch;
import io.layar.xdsgen.filterchain.ListenerFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The listener filters of inbound listeners: where a connection meant to go, and a look at its first bytes where needed. */
final class InboundInspectors {
    private InboundInspectors() {}

    /** Order: TLS before HTTP, which does not look into what is encrypted. */
    static List<ListenerFilter> of(List<FilterChain> chains, boolean toPort, boolean transparent) {
        List<ListenerFilter> filters = new ArrayList<>();
        if (!toPort) {
            filters.add(ListenerFilters.ORIGINAL_DESTINATION);
        }
        if (transparent) {
            filters.add(ListenerFilters.ORIGINAL_SOURCE);
        }
        SortedMap<Integer, Boolean> tls = byPort(chains, InboundInspectors::needsTls);
        if (tls.containsValue(true)) {
            // Port 0 stands for every port that no chain names: whatever holds for it is the rule, others the
            // exception.
            filters.add(
                    tls.getOrDefault(0, false)
                            ? ListenerFilters.except(ListenerFilters.TLS_INSPECTOR, ports(tls, false))
                            : ListenerFilters.only(ListenerFilters.TLS_INSPECTOR, ports(tls, true)));
        }
        SortedMap<Integer, Boolean> http = byPort(chains, InboundInspectors::needsHttp);
        if (http.containsValue(true)) {
            List<Integer> off = http.entrySet().stream()
                    .filter(port -> !port.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
            filters.add(ListenerFilters.except(ListenerFilters.HTTP_INSPECTOR, off));
        }
        return filters;
    }

    private static SortedMap<Integer, Boolean> byPort(List<FilterChain> chains, Predicate<FilterChain> needs) {
        SortedMap<Integer, Boolean> out = new TreeMap<>();
        for (FilterChain chain : chains) {
            int port = chain.getFilterChainMatch().getDestinationPort().getValue();
            out.merge(port, needs.test(chain), Boolean::logicalOr);
        }
        return out;
    }

    private static boolean needsTls(FilterChain chain) {
        return chain.getFilterChainMatch().getTransportProtocol().equals(InboundMatch.TLS);
    }

    private static boolean needsHttp(FilterChain chain) {
        List<String> protocols = chain.getFilterChainMatch().getApplicationProtocolsList();
        return protocols.contains("http/1.1") || protocols.contains("h2c");
    }

    private static List<Integer> ports(SortedMap<Integer, Boolean> needs, boolean wanted) {
        return needs.entrySet().stream()
                .filter(port -> port.getKey() != 0 && port.getValue() == wanted)
                .map(Map.Entry::getKey)
                .toList();
    }
}
