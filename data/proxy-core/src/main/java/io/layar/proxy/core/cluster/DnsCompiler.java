package io.layar.proxy.core.cluster;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Types;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Compiles the DNS fields of a cluster. */
final class DnsCompiler {
    private static final String CARES = "envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig";
    private static final String SYSTEM =
            "envoy.extensions.network.dns_resolver.getaddrinfo.v3.GetAddrInfoDnsResolverConfig";

    private DnsCompiler() {}

    static Discovery.DnsSettings compile(Cluster p) {
        long refresh = Durations.millis(p.hasDnsRefreshRate(), p.getDnsRefreshRate(), 5_000);
        long failureBase = refresh;
        long failureMax = refresh;
        if (p.hasDnsFailureRefreshRate()) {
            Cluster.RefreshRate rate = p.getDnsFailureRefreshRate();
            failureBase = Durations.millis(rate.getBaseInterval());
            failureMax = Durations.millis(rate.hasMaxInterval(), rate.getMaxInterval(), failureBase * 10);
            if (failureMax < failureBase) {
                throw new ConfigRejected(
                        "dns_failure_refresh_rate",
                        "dns_failure_refresh_rate must have max_interval greater than or equal to the base_interval");
            }
        }
        List<InetSocketAddress> servers = new ArrayList<>();
        boolean tcp = p.getUseTcpForDnsLookups() | resolver(p, servers);
        return new Discovery.DnsSettings(
                family(p),
                refresh,
                Durations.millis(p.getDnsJitter()),
                failureBase,
                failureMax,
                p.getRespectDnsTtl(),
                List.copyOf(servers),
                tcp);
    }

    private static Discovery.Family family(Cluster p) {
        return switch (p.getDnsLookupFamily()) {
            case AUTO -> Discovery.Family.AUTO;
            case V4_ONLY -> Discovery.Family.V4_ONLY;
            case V6_ONLY -> Discovery.Family.V6_ONLY;
            case V4_PREFERRED -> Discovery.Family.V4_PREFERRED;
            case ALL -> Discovery.Family.ALL;
            case UNRECOGNIZED ->
                throw ConfigRejected.unsupported("dns_lookup_family", "" + p.getDnsLookupFamilyValue());
        };
    }

    /** Collects configured servers; tells whether TCP is to be used. */
    private static boolean resolver(Cluster p, List<InetSocketAddress> servers) {
        addAll(p.getDnsResolversList(), servers, "dns_resolvers");
        addAll(p.getDnsResolutionConfig().getResolversList(), servers, "dns_resolution_config.resolvers");
        boolean tcp = p.getDnsResolutionConfig().getDnsResolverOptions().getUseTcpForDnsLookups();
        if (!p.hasTypedDnsResolverConfig()) {
            return tcp;
        }
        Any any = p.getTypedDnsResolverConfig().getTypedConfig();
        return switch (Types.nameOf(any.getTypeUrl())) {
            case CARES -> {
                CaresDnsResolverConfig cares = Types.unpack(
                        any, CaresDnsResolverConfig.getDefaultInstance(), "typed_dns_resolver_config.typed_config");
                addAll(cares.getResolversList(), servers, "typed_dns_resolver_config.typed_config.resolvers");
                yield tcp || cares.getDnsResolverOptions().getUseTcpForDnsLookups();
            }
            case SYSTEM -> tcp;
            default ->
                throw ConfigRejected.unsupported("typed_dns_resolver_config", "DNS resolver " + any.getTypeUrl());
        };
    }

    private static void addAll(List<Address> addresses, List<InetSocketAddress> servers, String path) {
        for (Address address : addresses) {
            InetSocketAddress server = Sockets.of(address.getSocketAddress(), path);
            servers.add(server.getPort() == 0 ? new InetSocketAddress(server.getAddress(), 53) : server);
        }
    }
}
