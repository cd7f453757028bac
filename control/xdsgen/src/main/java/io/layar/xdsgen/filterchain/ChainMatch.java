package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Ordering;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.layar.xdsgen.envoy.Addresses;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What outbound and gateway filter chains match on.
 *
 * <p>Shape: empty lists and text match everything; so does an SNI host {@code *}.
 */
public record ChainMatch(
        ImmutableList<String> sniHosts,
        ImmutableList<String> destinationCidrs,
        ImmutableList<String> applicationProtocols,
        String transportProtocol) {
    public static final ChainMatch ALL = new ChainMatch(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), "");
    private static final String UNSPECIFIED = "0.0.0.0";

    public static ChainMatch sni(Collection<String> hosts) {
        return new ChainMatch(ImmutableList.copyOf(hosts), ImmutableList.of(), ImmutableList.of(), "");
    }

    public static ChainMatch cidrs(Collection<String> cidrs) {
        return new ChainMatch(ImmutableList.of(), ImmutableList.copyOf(cidrs), ImmutableList.of(), "");
    }

    public ChainMatch withCidrs(Collection<String> cidrs) {
        return new ChainMatch(sniHosts, ImmutableList.copyOf(cidrs), applicationProtocols, transportProtocol);
    }

    public ChainMatch withProtocols(ImmutableList<String> protocols, String transport) {
        return new ChainMatch(sniHosts, destinationCidrs, protocols, transport);
    }

    /** Does it match every connection? Such a chain becomes a listener's default. */
    public boolean isAll() {
        return (sniHosts.isEmpty() || sniHosts.contains("*"))
                && destinationCidrs.isEmpty()
                && applicationProtocols.isEmpty()
                && transportProtocol.isEmpty();
    }

    /** Would Envoy refuse a listener with both? Order of hosts and ranges, and bits behind a prefix, do not matter. */
    public boolean conflictsWith(ChainMatch other) {
        return transportProtocol.equals(other.transportProtocol)
                && applicationProtocols.equals(other.applicationProtocols)
                && realHosts().equals(other.realHosts())
                && realRanges().equals(other.realRanges());
    }

    private ImmutableSet<String> realHosts() {
        return sniHosts.stream().filter(host -> !host.equals("*")).collect(ImmutableSet.toImmutableSet());
    }

    private ImmutableSet<String> realRanges() {
        ImmutableSet.Builder<String> ranges = ImmutableSet.builder();
        for (String cidr : destinationCidrs) {
            CidrRange parsed = Addresses.cidr(cidr);
            String masked = Addresses.masked(cidr);
            if (parsed != null && masked != null && !parsed.getAddressPrefix().equals(UNSPECIFIED)) {
                ranges.add(masked);
            }
        }
        return ranges.build();
    }

    /** In Envoy's terms; null when it matches everything. */
    public @Nullable FilterChainMatch toEnvoy() {
        if (isAll()) {
            return null;
        }
        FilterChainMatch.Builder match = FilterChainMatch.newBuilder()
                .addAllApplicationProtocols(applicationProtocols)
                .setTransportProtocol(transportProtocol);
        if (!sniHosts.contains("*")) {
            match.addAllServerNames(Ordering.natural().sortedCopy(sniHosts));
        }
        for (String cidr : Ordering.natural().sortedCopy(destinationCidrs)) {
            CidrRange range = Addresses.cidr(cidr);
            if (range != null && !range.getAddressPrefix().equals(UNSPECIFIED)) {
                match.addPrefixRanges(range);
            }
        }
        return match.build();
    }
}
