package io.layar.mesh.kube;

import com.google.common.net.InetAddresses;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Namespace;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which network an address is: by label, by the system namespace's label, by registry, by the longest range. */
final class NetworkLookup {
    private final World world;
    private final String ofSystemNamespace;
    private final String ofRegistry;

    NetworkLookup(World world) {
        this.world = world;
        this.ofSystemNamespace = systemNamespace(world);
        this.ofRegistry = registry(world);
    }

    private static String systemNamespace(World world) {
        for (Resource<Namespace> namespace : world.configs().of(Kinds.NAMESPACE)) {
            if (namespace.metadata().name().equals(world.settings().systemNamespace())) {
                return namespace.metadata().labels().getOrDefault(TopologyLabels.NETWORK, "");
            }
        }
        return "";
    }

    private static String registry(World world) {
        for (var network : world.networks().networks().entrySet()) {
            for (var endpoints : network.getValue().endpoints()) {
                if (world.settings().clusterId().equals(endpoints.fromRegistry())) {
                    return network.getKey();
                }
            }
        }
        return "";
    }

    /** The network; empty when there is none. */
    String of(String address, Map<String, String> labels) {
        String label = labels.getOrDefault(TopologyLabels.NETWORK, "");
        if (!label.isEmpty()) {
            return label;
        }
        if (!ofSystemNamespace.isEmpty()) {
            return ofSystemNamespace;
        }
        return ofRegistry.isEmpty() ? byRange(address) : ofRegistry;
    }

    private String byRange(String address) {
        if (!InetAddresses.isInetAddress(address)) {
            return "";
        }
        InetAddress ip = InetAddresses.forString(address);
        for (var network : world.networks().networks().entrySet()) {
            for (var endpoints : network.getValue().endpoints()) {
                if (contains(endpoints.fromCidr(), ip)) {
                    return network.getKey();
                }
            }
        }
        return "";
    }

    private static boolean contains(@Nullable String cidr, InetAddress ip) {
        int slash = cidr == null ? -1 : cidr.indexOf('/');
        if (cidr == null || slash < 0 || !InetAddresses.isInetAddress(cidr.substring(0, slash))) {
            return false;
        }
        byte[] base = InetAddresses.forString(cidr.substring(0, slash)).getAddress();
        byte[] other = ip.getAddress();
        int length = Integer.parseInt(cidr.substring(slash + 1));
        if (base.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((base[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
