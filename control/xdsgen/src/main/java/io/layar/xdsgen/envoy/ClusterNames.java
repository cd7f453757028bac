package io.layar.xdsgen.envoy;

import org.jspecify.annotations.Nullable;

/** Names of clusters: the fixed ones, and {@code outbound|port|subset|host}. */
public final class ClusterNames {
    /** Traffic that must go nowhere. */
    public static final String BLACK_HOLE = "BlackHoleCluster";
    /** Traffic to wherever the client meant to go. */
    public static final String PASSTHROUGH = "PassthroughCluster";
    /** Traffic to a port of the workload that no service names. */
    public static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";
    /** Hosts outside of the mesh, resolved per request. */
    public static final String ALLOW_ANY_DYNAMIC_DNS = "AllowAnyDynamicDNSCluster";
    /** A route's destination that names no host. */
    public static final String UNKNOWN = "UnknownService";

    private ClusterNames() {}

    /** The parts of an outbound or inbound cluster's name. */
    public record Parts(String direction, int port, String subset, String host) {}

    public static String outbound(int port, String subset, String host) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    public static String inbound(int port) {
        return "inbound|" + port + "||";
    }

    /** The SNI-safe form that an east-west gateway matches on. */
    public static String outboundSni(int port, String subset, String host) {
        return "outbound_." + port + "_." + subset + "_." + host;
    }

    /** The parts of a name with four of them; null for any other. */
    public static @Nullable Parts parse(String name) {
        String[] parts = name.split("\\|", -1);
        if (parts.length != 4) {
            return null;
        }
        return new Parts(parts[0], number(parts[1]), parts[2], parts[3]);
    }

    private static int number(String text) {
        return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : 0;
    }
}
