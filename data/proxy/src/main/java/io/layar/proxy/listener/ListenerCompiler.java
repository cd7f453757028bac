package io.layar.proxy.listener;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.AdditionalAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.match.FilterChainMatcher;
import io.layar.proxy.core.match.IpRange;
import io.layar.proxy.core.stream.Metadata;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.InitTargets;
import io.layar.proxy.network.NetworkFilterFactory;
import io.layar.proxy.network.NetworkFilterTypes;
import io.layar.proxy.network.Services;
import io.layar.proxy.network.SessionLogs;
import io.layar.proxy.transport.DownstreamTransport;
import io.layar.proxy.transport.DownstreamTransports;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Turns a listener's proto into a {@link ListenerConfig}. Thread: main loop. */
final class ListenerCompiler {
    private static final int DEFAULT_BUFFER_LIMIT = 1024 * 1024;

    private final Services services;
    private final NetworkFilterTypes filterTypes;
    private final ListenerFilters listenerFilters;
    private final DownstreamTransports transports;
    private final BooleanSupplier processDrains;

    ListenerCompiler(Services services, BooleanSupplier processDrains) {
        this.services = services;
        this.filterTypes = services.require(NetworkFilterTypes.class);
        this.transports = services.require(DownstreamTransports.class);
        this.listenerFilters = new ListenerFilters();
        this.processDrains = processDrains;
    }

    /** Errors: {@link ConfigRejected} with the path from the listener on. */
    ListenerConfig compile(Listener proto, String version, InitTargets init) {
        Fields.refuse(
                proto,
                "",
                "filter_chain_matcher",
                "fcds_config",
                "udp_listener_config",
                "api_listener",
                "internal_listener",
                "enable_mptcp");
        if (proto.getConnectionBalanceConfig().hasExtendBalance()) {
            throw ConfigRejected.unsupported("connection_balance_config.extend_balance", "extend_balance");
        }
        List<java.net.SocketAddress> addresses = addresses(proto);
        String name = proto.getName().isEmpty() ? addressText(addresses.getFirst()) : proto.getName();
        String statPrefix = "listener."
                + (proto.getStatPrefix().isEmpty() ? addressText(addresses.getFirst()) : proto.getStatPrefix()) + ".";
        Drain drain = new Drain(proto.getDrainType() == Listener.DrainType.MODIFY_ONLY ? () -> false : processDrains);
        FilterContext context = new FilterContext(services, name, statPrefix, proto.getTrafficDirection(), drain, init);
        Chains chains = chains(proto, name, context);
        boolean inspectsTls = listenerFilters.inspectsTls(proto);
        return new ListenerConfig(
                proto,
                version,
                name,
                addresses,
                bindToPort(proto),
                proto.getUseOriginalDst().getValue() || listenerFilters.restoresDestination(proto),
                sockets(proto),
                (int) Durations.unsigned(
                        proto.hasPerConnectionBufferLimitBytes(),
                        proto.getPerConnectionBufferLimitBytes(),
                        DEFAULT_BUFFER_LIMIT),
                listenerFilters.compile(proto, statPrefix, services, !inspectsTls && needsTlsInspector(proto)),
                Durations.millis(proto.hasListenerFiltersTimeout(), proto.getListenerFiltersTimeout(), 15_000),
                proto.getContinueOnListenerFiltersTimeout(),
                chains.matcher,
                chains.defaultChain,
                chains.all,
                proto.getAccessLogCount() == 0
                        ? null
                        : services.require(SessionLogs.class).compile(proto.getAccessLogList(), "access_log"),
                proto.getIgnoreGlobalConnLimit(),
                Metadata.of(proto.getMetadata()),
                ListenerStats.of(services.stats().scope(statPrefix)),
                new java.util.concurrent.atomic.AtomicLong(),
                "envoy.resource_limits.listener." + name + ".connection_limit",
                drain);
    }

    private static final class Chains {
        private final FilterChainMatcher<FilterChain> matcher = new FilterChainMatcher<>();
        private final List<FilterChain> all = new ArrayList<>();
        private @org.jspecify.annotations.Nullable FilterChain defaultChain;
    }

    private Chains chains(Listener proto, String name, FilterContext context) {
        if (proto.getFilterChainsCount() == 0
                && !proto.hasDefaultFilterChain()
                && !proto.getUseOriginalDst().getValue()) {
            throw new ConfigRejected(
                    "filter_chains", "error adding listener '" + name + "': no filter chains specified");
        }
        Chains chains = new Chains();
        for (int i = 0; i < proto.getFilterChainsCount(); i++) {
            var chain = proto.getFilterChains(i);
            try {
                FilterChain compiled = chain(chain, context);
                chains.all.add(compiled);
                chains.matcher.add(chain.getFilterChainMatch(), chain.getName(), compiled);
            } catch (ConfigRejected e) {
                throw e.within("filter_chains[" + i + "]");
            }
        }
        if (proto.hasDefaultFilterChain()) {
            try {
                chains.defaultChain = chain(proto.getDefaultFilterChain(), context);
                chains.all.add(chains.defaultChain);
            } catch (ConfigRejected e) {
                throw e.within("default_filter_chain");
            }
        }
        return chains;
    }

    private FilterChain chain(io.envoyproxy.envoy.config.listener.v3.FilterChain proto, FilterContext context) {
        Drain drain = new Drain(context.draining());
        FilterContext own = new FilterContext(
                services, context.listener(), context.listenerStatPrefix(), context.direction(), drain, context.init());
        List<NetworkFilterFactory> filters = new ArrayList<>();
        for (int i = 0; i < proto.getFiltersCount(); i++) {
            filters.add(filter(proto, i, own));
        }
        if (!filters.isEmpty() && !filters.getLast().terminal()) {
            throw new ConfigRejected(
                    "filters",
                    "Error: non-terminal filter named "
                            + proto.getFilters(filters.size() - 1).getName() + " of type "
                            + proto.getFilters(filters.size() - 1).getName()
                            + " is the last filter in a network filter chain.");
        }
        DownstreamTransport transport;
        try {
            transport = transports.compile(
                    proto.hasTransportSocket() ? proto.getTransportSocket() : null,
                    context.listenerStatPrefix(),
                    context.init());
        } catch (ConfigRejected e) {
            throw e.within("transport_socket");
        }
        return new FilterChain(
                proto.getName(),
                proto.toByteString(),
                transport,
                Durations.millis(proto.getTransportSocketConnectTimeout()),
                List.copyOf(filters),
                Metadata.of(proto.getMetadata()),
                drain);
    }

    private NetworkFilterFactory filter(
            io.envoyproxy.envoy.config.listener.v3.FilterChain chain, int index, FilterContext context) {
        Filter proto = chain.getFilters(index);
        String path = "filters[" + index + "]";
        if (proto.hasConfigDiscovery()) {
            throw ConfigRejected.unsupported(path + ".config_discovery", "config_discovery of network filters");
        }
        try {
            NetworkFilterFactory factory = filterTypes.compile(proto.getName(), proto.getTypedConfig(), context);
            if (factory.terminal() && index < chain.getFiltersCount() - 1) {
                throw new ConfigRejected(
                        "",
                        "Error: terminal filter named " + proto.getName() + " of type " + proto.getName()
                                + " must be the last filter in a network filter chain.");
            }
            return factory;
        } catch (ConfigRejected e) {
            throw e.within(path);
        }
    }

    private static boolean bindToPort(Listener proto) {
        boolean old = !proto.getDeprecatedV1().hasBindToPort()
                || proto.getDeprecatedV1().getBindToPort().getValue();
        return proto.hasBindToPort() ? proto.getBindToPort().getValue() : old;
    }

    /** Envoy puts a TLS inspector in front by itself where a chain asks for what only it can tell. */
    private static boolean needsTlsInspector(Listener proto) {
        return proto.getFilterChainsList().stream().anyMatch(chain -> {
            var match = chain.getFilterChainMatch();
            boolean byTransport = match.getTransportProtocol().equals("tls")
                    || (match.getTransportProtocol().isEmpty()
                            && (match.getServerNamesCount() > 0 || match.getApplicationProtocolsCount() > 0));
            return byTransport;
        });
    }

    private static SocketSettings sockets(Listener proto) {
        for (int i = 0; i < proto.getSocketOptionsCount(); i++) {
            var option = proto.getSocketOptions(i);
            if (!option.hasIntValue()) {
                throw ConfigRejected.unsupported(
                        "socket_options[" + i + "].buf_value", "a socket option that is no whole number");
            }
        }
        return new SocketSettings(
                !proto.hasEnableReusePort() || proto.getEnableReusePort().getValue(),
                proto.getTransparent().getValue(),
                proto.getFreebind().getValue(),
                !proto.getAddress().getSocketAddress().getIpv4Compat(),
                (int) Durations.unsigned(proto.hasTcpBacklogSize(), proto.getTcpBacklogSize(), 4096),
                proto.hasTcpFastOpenQueueLength()
                        ? proto.getTcpFastOpenQueueLength().getValue()
                        : 0,
                proto.getSocketOptionsList());
    }

    private static List<java.net.SocketAddress> addresses(Listener proto) {
        List<java.net.SocketAddress> addresses = new ArrayList<>();
        addresses.add(address(proto.getAddress(), "address"));
        int i = 0;
        for (AdditionalAddress more : proto.getAdditionalAddressesList()) {
            addresses.add(address(more.getAddress(), "additional_addresses[" + i++ + "].address"));
        }
        return addresses;
    }

    private static java.net.SocketAddress address(io.envoyproxy.envoy.config.core.v3.Address proto, String path) {
        if (proto.hasPipe()) {
            return new DomainSocketAddress(proto.getPipe().getPath());
        }
        if (!proto.hasSocketAddress()) {
            throw new ConfigRejected(path, "address must be a socket address or a pipe");
        }
        SocketAddress socket = proto.getSocketAddress();
        if (socket.getProtocol() != SocketAddress.Protocol.TCP) {
            throw ConfigRejected.unsupported(path + ".socket_address.protocol", "protocol " + socket.getProtocol());
        }
        if (socket.hasNamedPort()) {
            throw ConfigRejected.unsupported(path + ".socket_address.named_port", "named_port");
        }
        return new InetSocketAddress(
                IpRange.parse(socket.getAddress(), path + ".socket_address.address"), socket.getPortValue());
    }

    /** {@code 0.0.0.0_80}, as stats spell an address. */
    static String addressText(java.net.SocketAddress address) {
        return io.layar.proxy.core.stream.Address.of(address).text().replace(':', '_');
    }
}
