package io.layar.xdsgen.listener;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.ConnectionManagers;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.ListenerFilters;
import io.layar.xdsgen.telemetry.StatPrefixes;

/** Writes an outbound listener: address, listener filters, chains, and what happens to the rest. */
final class OutboundWriter {
    private final ProxyView view;
    private final ConnectionManagers managers;

    OutboundWriter(ProxyView view, ConnectionManagers managers) {
        this.view = view;
        this.managers = managers;
    }

    /** @param rest the chain for connections that no chain of the entry takes */
    Listener write(OutboundEntry entry, FilterChain rest) {
        Binding binding = entry.binding;
        int port = entry.port.port();
        Listener.Builder listener = Listener.newBuilder()
                .setName(Binding.listenerName(binding.primary(), port))
                .setAddress(Addresses.of(binding.primary(), port))
                .addAllAdditionalAddresses(Addresses.additional(binding.extra(), port))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .setContinueOnListenerFiltersTimeout(true);
        if (view.proxy().metadata().isTrue("OUTBOUND_LISTENER_EXACT_BALANCE")) {
            ListenerParts.balanceExactly(listener);
        }
        if (binding.toPort()) {
            ListenerParts.acceptSlowly(view.features(), listener);
        } else {
            listener.setBindToPort(Protos.FALSE);
        }
        inspect(entry, listener);
        chains(entry, listener, rest);
        return listener.build();
    }

    private void inspect(OutboundEntry entry, Listener.Builder listener) {
        if (entry.chains().stream().anyMatch(ChainSpec::needsTlsInspector)) {
            listener.addListenerFilters(ListenerFilters.TLS_INSPECTOR);
        }
        boolean sniffs = entry.chains().stream()
                .anyMatch(chain -> !chain.match().applicationProtocols().isEmpty());
        if (!sniffs) {
            listener.setListenerFiltersTimeout(Protos.ZERO);
            return;
        }
        listener.addListenerFilters(ListenerFilters.HTTP_INSPECTOR);
        if (view.mesh().protocolDetectionTimeout() != null) {
            listener.setListenerFiltersTimeout(Protos.duration(view.mesh().protocolDetectionTimeout()));
        }
    }

    /** A chain that matches everything becomes the default one, so that a connection that fits others half is not dropped. */
    private void chains(OutboundEntry entry, Listener.Builder listener, FilterChain rest) {
        FilterChain all = null;
        String prefix = StatPrefixes.delimited("outbound_" + listener.getName());
        for (ChainSpec spec : entry.chains()) {
            HttpChain http = spec.http();
            ChainSpec complete = http == null
                    ? spec
                    : spec.withHttp(http.withStatPrefix(prefix).withPort(entry.port.port()));
            FilterChain.Builder chain = complete.toEnvoy(managers);
            FilterChainMatch match = spec.match().toEnvoy();
            if (match == null) {
                all = chain.build();
            } else {
                listener.addFilterChains(chain.setFilterChainMatch(match));
            }
        }
        if (all != null && listener.getFilterChainsCount() == 0) {
            listener.addFilterChains(all);
        } else {
            listener.setDefaultFilterChain(all == null ? rest : all);
        }
    }
}
