package io.layar.xdsgen.gateway;

import io.layar.mesh.service.Hosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which hosts of a VirtualService a gateway's server exposes. */
final class GatewayHosts {
    /** Without wildcard first, then long before short, then by letters. */
    static final Comparator<String> MOST_SPECIFIC_FIRST = Comparator.<String, Boolean>comparing(Hosts::isWildcard)
            .thenComparing(Comparator.comparingInt(String::length).reversed())
            .thenComparing(Comparator.naturalOrder());

    private GatewayHosts() {}

    /** The narrower of each pair of hosts that cover one another. Order: by the server's hosts. */
    static Set<String> common(List<String> serverHosts, List<String> hosts, String namespace) {
        Set<String> out = new LinkedHashSet<>();
        for (String own : inNamespace(serverHosts, namespace)) {
            for (String host : hosts) {
                if (Hosts.isSubset(own, host)) {
                    out.add(own);
                } else if (Hosts.isSubset(host, own)) {
                    out.add(host);
                }
            }
        }
        return out;
    }

    /** Does any host of a VirtualService overlap with one that the server shows to its namespace? */
    static boolean meet(List<String> serverHosts, List<String> hosts, String namespace) {
        return inNamespace(serverHosts, namespace).stream()
                .anyMatch(own -> hosts.stream().anyMatch(host -> Hosts.overlap(own, host)));
    }

    private static List<String> inNamespace(List<String> serverHosts, String namespace) {
        List<String> out = new ArrayList<>();
        for (String host : serverHosts) {
            int slash = host.indexOf('/');
            if (slash < 0 || host.substring(0, slash).equals(namespace) || host.startsWith("*/")) {
                out.add(host.substring(slash + 1));
            }
        }
        return out;
    }
}
