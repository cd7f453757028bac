package io.layar.xdsgen.cluster;

import com.google.common.net.HostAndPort;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;

/** DNS caches that a cluster and the filters in front of it share: their configurations must be equal. */
public final class DnsCaches {
    private static final String LOCAL_DNS = "127.0.0.1:15053";
    private static final int DNS_PORT = 15053;

    private DnsCaches() {}

    /** The cache of a wildcard host that is resolved as asked for. */
    public static DnsCacheConfig ofHost(ProxyView view, String host) {
        return DnsCacheConfig.newBuilder()
                .setName(host + "_dfp_dns_cache")
                .setDnsLookupFamily(new ClusterBase(view).lookupFamily())
                .build();
    }

    /** The cache for any host at all; where the agent answers DNS, it is asked. */
    public static DnsCacheConfig ofAnyHost(ProxyView view) {
        String max = view.features().text("PILOT_ALLOW_ANY_DYNAMIC_DNS_MAX_HOSTS", "1024");
        DnsCacheConfig.Builder out = DnsCacheConfig.newBuilder()
                .setName("allow_any_dfp_dns_cache")
                .setMaxHosts(UInt32Value.of(Integer.parseUnsignedInt(max)))
                .setDnsLookupFamily(new ClusterBase(view).lookupFamily());
        if (view.proxy().metadata().isTrue("DNS_CAPTURE")) {
            out.setTypedDnsResolverConfig(TypedExtensionConfig.newBuilder()
                    .setName("envoy.network.dns_resolver.cares")
                    .setTypedConfig(Protos.pack(CaresDnsResolverConfig.newBuilder()
                            .addResolvers(agent(view.proxy().metadata().text("DNS_PROXY_ADDR")))
                            .build())));
        }
        return out.build();
    }

    private static io.envoyproxy.envoy.config.core.v3.Address agent(String address) {
        HostAndPort parsed =
                HostAndPort.fromString(address.isEmpty() ? LOCAL_DNS : address).withDefaultPort(DNS_PORT);
        String host = parsed.getHost().equals("localhost") ? "127.0.0.1" : parsed.getHost();
        return Addresses.of(host, parsed.getPort());
    }
}
