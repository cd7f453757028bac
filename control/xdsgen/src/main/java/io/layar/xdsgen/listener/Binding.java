package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.proxy.Proxy;

/**
 * Where a listener listens.
 *
 * <p>Shape: the first address names the listener; none yet for an outbound listener whose service decides. Unless
 * {@code toPort}, no socket is opened: connections come over from the listener that takes all captured traffic.
 */
public record Binding(ImmutableList<String> addresses, boolean toPort) {
    /** The address of IPv4 that stands for all. */
    public static final String ANY_V4 = "0.0.0.0";
    /** The address of IPv6 that stands for all. */
    public static final String ANY_V6 = "::";

    /** The addresses that stand for all of the proxy's families. */
    public static ImmutableList<String> wildcards(Proxy proxy) {
        return ofFamilies(proxy, ANY_V4, ANY_V6);
    }

    /** The loopback addresses of the proxy's families. */
    public static ImmutableList<String> loopbacks(Proxy proxy) {
        return ofFamilies(proxy, "127.0.0.1", "::1");
    }

    private static ImmutableList<String> ofFamilies(Proxy proxy, String v4, String v6) {
        if (!proxy.supportsIpv6()) {
            return ImmutableList.of(v4);
        }
        return proxy.supportsIpv4() ? ImmutableList.of(v4, v6) : ImmutableList.of(v6);
    }

    /** The address that names the listener; empty when there is none. */
    public String primary() {
        return addresses.isEmpty() ? "" : addresses.getFirst();
    }

    public ImmutableList<String> extra() {
        return addresses.size() > 1 ? addresses.subList(1, addresses.size()) : ImmutableList.of();
    }

    public Binding at(ImmutableList<String> others) {
        return new Binding(others, toPort);
    }

    /** {@code address_port}. */
    public static String listenerName(String address, int port) {
        return address + "_" + port;
    }
}
