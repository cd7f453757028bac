package io.layar.proxy.core.match;

import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch.ConnectionSourceType;
import io.layar.proxy.core.config.ConfigRejected;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the filter chain of a connection.
 *
 * <p>Order: destination port, destination prefix, server name, transport protocol, application protocol, direct source prefix, source type,
 * source prefix, source port. At each step the most specific entry that fits is taken for good: there is no way back to a less specific one.
 * Thread: any (immutable once built). Source: Envoy's documentation of FilterChainMatch.
 */
public final class FilterChainMatcher<T> {
    private final Map<Integer, Prefixes<Names<T>>> byPort = new HashMap<>();

    private static final class Leaf<T> {
        private final Map<Integer, Named<T>> byPort = new HashMap<>();
    }

    private record Named<T>(String name, T chain) {}

    private static final class BySource<T> {
        private final Prefixes<BySourceType<T>> direct = new Prefixes<>(BySourceType::new);
    }

    private static final class BySourceType<T> {
        private final Map<ConnectionSourceType, Prefixes<Leaf<T>>> types = new HashMap<>();
    }

    private static final class Names<T> {
        private final Map<String, Map<String, Map<String, BySource<T>>>> byName = new HashMap<>();
    }

    /** Values by prefix; the longest that contains an address wins. The prefix null stands for "any". */
    private static final class Prefixes<V> {
        private final Supplier<V> make;
        private final List<Entry<V>> entries = new ArrayList<>();
        private @Nullable V any;

        private record Entry<V>(IpRange range, V value) {}

        Prefixes(Supplier<V> make) {
            this.make = make;
        }

        V at(@Nullable IpRange range) {
            if (range == null) {
                V value = any == null ? make.get() : any;
                any = value;
                return value;
            }
            for (Entry<V> entry : entries) {
                if (entry.range.equals(range)) {
                    return entry.value;
                }
            }
            V value = make.get();
            entries.add(new Entry<>(range, value));
            entries.sort(Comparator.comparingInt(e -> -e.range.length()));
            return value;
        }

        @Nullable
        V find(@Nullable InetAddress address) {
            if (address != null) {
                for (Entry<V> entry : entries) {
                    if (entry.range.contains(address)) {
                        return entry.value;
                    }
                }
            }
            return any;
        }
    }

    /**
     * Adds a chain.
     *
     * <p>Errors: {@link ConfigRejected} for rules that another chain has already, for unsupported criteria and malformed ones.
     */
    public void add(FilterChainMatch match, String name, T chain) {
        if (!match.getAddressSuffix().isEmpty() || match.hasSuffixLen()) {
            throw new ConfigRejected("filter_chain_match", "contains filter chains with unimplemented fields");
        }
        int port = match.hasDestinationPort() ? match.getDestinationPort().getValue() : 0;
        Prefixes<Names<T>> destinations = byPort.computeIfAbsent(port, p -> new Prefixes<>(Names::new));
        for (@Nullable IpRange range : ranges(match.getPrefixRangesList(), "filter_chain_match.prefix_ranges")) {
            Names<T> names = destinations.at(range);
            for (String serverName : orAny(match.getServerNamesList())) {
                var byTransport = names.byName.computeIfAbsent(nameKey(serverName), k -> new HashMap<>());
                var byAlpn = byTransport.computeIfAbsent(match.getTransportProtocol(), k -> new HashMap<>());
                for (String alpn : orAny(match.getApplicationProtocolsList())) {
                    addSources(byAlpn.computeIfAbsent(alpn, k -> new BySource<>()), match, name, chain);
                }
            }
        }
    }

    private void addSources(BySource<T> sources, FilterChainMatch match, String name, T chain) {
        for (@Nullable
        IpRange direct :
                ranges(match.getDirectSourcePrefixRangesList(), "filter_chain_match.direct_source_prefix_ranges")) {
            Prefixes<Leaf<T>> prefixes = sources.direct
                    .at(direct)
                    .types
                    .computeIfAbsent(match.getSourceType(), t -> new Prefixes<>(Leaf::new));
            for (@Nullable
            IpRange source : ranges(match.getSourcePrefixRangesList(), "filter_chain_match.source_prefix_ranges")) {
                Leaf<T> leaf = prefixes.at(source);
                for (int port : match.getSourcePortsCount() == 0 ? List.of(0) : match.getSourcePortsList()) {
                    Named<T> previous = leaf.byPort.putIfAbsent(port, new Named<>(name, chain));
                    if (previous != null) {
                        throw new ConfigRejected(
                                "filter_chain_match",
                                "filter chain '" + name + "' has the same matching rules defined as '" + previous.name
                                        + "'");
                    }
                }
            }
        }
    }

    private static List<@Nullable IpRange> ranges(
            List<io.envoyproxy.envoy.config.core.v3.CidrRange> ranges, String path) {
        List<@Nullable IpRange> compiled = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            compiled.add(IpRange.of(ranges.get(i), path + "[" + i + "]"));
        }
        if (compiled.isEmpty()) {
            compiled.add(null);
        }
        return compiled;
    }

    private static List<String> orAny(List<String> values) {
        return values.isEmpty() ? List.of("") : values;
    }

    /** {@code a.com} of {@code a.com}, {@code .a.com} of {@code *.a.com}. */
    private static String nameKey(String serverName) {
        if (serverName.indexOf('*') < 0) {
            return serverName.toLowerCase(Locale.ROOT);
        }
        if (serverName.startsWith("*.") && serverName.indexOf('*', 1) < 0) {
            return serverName.substring(1).toLowerCase(Locale.ROOT);
        }
        throw new ConfigRejected(
                "filter_chain_match.server_names", "partial wildcards are not supported in \"server_names\"");
    }

    /** The chain for a connection, or null: then the default chain, if any, takes it. */
    public @Nullable T find(ConnectionFacts facts) {
        Prefixes<Names<T>> destinations = facts.destination() == null ? null : byPort.get(facts.destinationPort());
        if (destinations == null) {
            destinations = byPort.get(0);
        }
        Names<T> names = destinations == null ? null : destinations.find(facts.destination());
        Map<String, Map<String, BySource<T>>> byTransport = names == null ? null : findName(names, facts.serverName());
        if (byTransport == null) {
            return null;
        }
        Map<String, BySource<T>> byAlpn = byTransport.get(facts.transportProtocol());
        if (byAlpn == null) {
            byAlpn = byTransport.get("");
        }
        BySource<T> sources = byAlpn == null ? null : findAlpn(byAlpn, facts.applicationProtocols());
        BySourceType<T> types = sources == null ? null : sources.direct.find(facts.directSource());
        return types == null ? null : findSource(types, facts);
    }

    private @Nullable Map<String, Map<String, BySource<T>>> findName(Names<T> names, String serverName) {
        Map<String, Map<String, BySource<T>>> found = serverName.isEmpty() ? null : names.byName.get(serverName);
        for (int dot = serverName.indexOf('.', 1); found == null && dot > 0; dot = serverName.indexOf('.', dot + 1)) {
            found = names.byName.get(serverName.substring(dot));
        }
        return found == null ? names.byName.get("") : found;
    }

    private @Nullable BySource<T> findAlpn(Map<String, BySource<T>> byAlpn, List<String> offered) {
        for (String alpn : offered) {
            BySource<T> found = byAlpn.get(alpn);
            if (found != null) {
                return found;
            }
        }
        return byAlpn.get("");
    }

    private @Nullable T findSource(BySourceType<T> types, ConnectionFacts facts) {
        ConnectionSourceType type =
                facts.sourceIsLocal() ? ConnectionSourceType.SAME_IP_OR_LOOPBACK : ConnectionSourceType.EXTERNAL;
        Prefixes<Leaf<T>> prefixes = types.types.get(type);
        if (prefixes == null) {
            prefixes = types.types.get(ConnectionSourceType.ANY);
        }
        Leaf<T> leaf = prefixes == null ? null : prefixes.find(facts.source());
        if (leaf == null) {
            return null;
        }
        Named<T> named = leaf.byPort.get(facts.sourcePort());
        if (named == null) {
            named = leaf.byPort.get(0);
        }
        return named == null ? null : named.chain;
    }
}
