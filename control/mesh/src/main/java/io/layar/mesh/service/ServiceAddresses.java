package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.layar.mesh.Feature;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.proxy.ProxyType;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The virtual addresses at which a proxy reaches a service. */
public final class ServiceAddresses {
    private ServiceAddresses() {}

    /** The first one that the proxy can use: of its cluster, allocated, or the service's default. */
    public static String first(Service service, Proxy proxy, MeshSettings settings) {
        List<String> usable = usable(ofCluster(service, proxy), proxy);
        if (!usable.isEmpty()) {
            return usable.getFirst();
        }
        var addresses = service.addresses();
        if (usesAllocated(proxy, settings) && addresses.defaultAddress().equals(Service.UNSPECIFIED)) {
            if (proxy.supportsIpv4() && !addresses.autoV4().isEmpty()) {
                return addresses.autoV4();
            }
            if (proxy.supportsIpv6() && !addresses.autoV6().isEmpty()) {
                return addresses.autoV6();
            }
        }
        return addresses.defaultAddress();
    }

    /** All that the proxy can use; the default one when there are no others. */
    public static ImmutableList<String> all(Service service, Proxy proxy, MeshSettings settings) {
        List<String> out = new ArrayList<>(ofCluster(service, proxy));
        var addresses = service.addresses();
        if (out.isEmpty() && usesAllocated(proxy, settings)) {
            if (!addresses.autoV4().isEmpty()) {
                out.add(addresses.autoV4());
            }
            if (!addresses.autoV6().isEmpty()) {
                out.add(addresses.autoV6());
            }
        }
        boolean bothFamilies = proxy.supportsIpv4()
                && proxy.supportsIpv6()
                && (settings.isOn(Feature.ENABLE_DUAL_STACK) || settings.isOn(Feature.ENABLE_AMBIENT));
        List<String> usable = bothFamilies ? out : usable(out, proxy);
        if (!usable.isEmpty()) {
            return ImmutableList.copyOf(usable);
        }
        List<String> fallback = List.of(addresses.defaultAddress());
        return ImmutableList.copyOf(addresses.byCluster().isEmpty() ? fallback : usable(fallback, proxy));
    }

    /** All but the first. */
    public static ImmutableList<String> extra(Service service, Proxy proxy, MeshSettings settings) {
        ImmutableList<String> all = all(service, proxy, settings);
        return all.size() > 1 ? all.subList(1, all.size()) : ImmutableList.of();
    }

    private static List<String> ofCluster(Service service, Proxy proxy) {
        ImmutableList<String> found = service.addresses().byCluster().get(proxy.clusterId());
        return found == null ? List.of() : found;
    }

    /** Of the proxy's families; where both would do, only those of the first address's. */
    private static List<String> usable(List<String> addresses, Proxy proxy) {
        boolean firstIsV6 = !addresses.isEmpty() && isOf(Inet6Address.class, addresses.getFirst());
        boolean both = proxy.supportsIpv4() && proxy.supportsIpv6();
        boolean v6 = both ? firstIsV6 : proxy.supportsIpv6();
        return addresses.stream()
                .filter(a -> isOf(v6 ? Inet6Address.class : Inet4Address.class, a))
                .toList();
    }

    /** Is it an address, or a range, of that family? */
    private static boolean isOf(Class<? extends InetAddress> family, String address) {
        int slash = address.indexOf('/');
        String ip = slash < 0 ? address : address.substring(0, slash);
        return InetAddresses.isInetAddress(ip) && family.isInstance(InetAddresses.forString(ip));
    }

    /** Allocated addresses are of use only where the proxy answers DNS itself. */
    public static boolean usesAllocated(Proxy proxy, MeshSettings settings) {
        boolean allocates =
                proxy.metadata().isTrue("DNS_AUTO_ALLOCATE") || settings.isOn(Feature.ENABLE_IP_AUTOALLOCATE);
        return allocates && (proxy.metadata().isTrue("DNS_CAPTURE") || proxy.type() == ProxyType.WAYPOINT);
    }
}
