package io.layar.xdsgen.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.net.HostAndPort;
import io.layar.mesh.proxy.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The listeners that a client asks for: {@code host}, {@code host:port}, or its own as a server.
 *
 * <p>Shape: {@code outbound} is by full host; a short name of the client's namespace stands under both forms. No names at all
 * ask for everything.
 */
record ListenerNames(ImmutableSortedMap<String, Request> outbound, ImmutableList<String> inbound, boolean everything) {
    /** Start of the name of a server's own listener; its address follows. */
    static final String INBOUND_PREFIX = "xds.istio.io/grpc/lds/inbound/";

    /** Under which names a host was asked for. Shape: no {@code ports} are all ports. */
    record Request(SortedSet<String> names, SortedSet<Integer> ports) {
        boolean wants(int port) {
            return ports.isEmpty() || ports.contains(port);
        }
    }

    static ListenerNames of(Collection<String> names, Proxy proxy) {
        Map<String, Request> outbound = new TreeMap<>();
        var inbound = ImmutableList.<String>builder();
        for (String name : names) {
            if (name.startsWith(INBOUND_PREFIX)) {
                inbound.add(name);
                continue;
            }
            HostAndPort parsed = parse(name);
            String host = parsed == null ? name : parsed.getHost();
            int port = parsed == null ? 0 : parsed.getPortOrDefault(0);
            add(outbound, host, host, port);
            String full = fullName(host, proxy);
            if (!full.isEmpty()) {
                add(outbound, full, host, port);
            }
        }
        return new ListenerNames(ImmutableSortedMap.copyOf(outbound), inbound.build(), names.isEmpty());
    }

    static @Nullable HostAndPort parse(String text) {
        try {
            return HostAndPort.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void add(Map<String, Request> outbound, String host, String name, int port) {
        Request known = outbound.get(host);
        boolean first = known == null;
        Request request = known == null ? new Request(new TreeSet<>(), new TreeSet<>()) : known;
        outbound.put(host, request);
        request.names().add(name);
        if (port == 0) {
            request.ports().clear();
        } else if (first || !request.ports().isEmpty()) {
            request.ports().add(port);
        }
    }

    /** {@code foo}, {@code foo.ns} and {@code foo.ns.svc} of the client's own namespace; empty for other names. */
    private static String fullName(String name, Proxy proxy) {
        String domain = proxy.dnsDomain();
        if (name.indexOf('.') < 0) {
            return name + "." + domain;
        }
        for (String suffix : new String[] {proxy.namespace(), proxy.namespace() + ".svc"}) {
            if (name.endsWith("." + suffix) && domain.startsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length()) + domain;
            }
        }
        return "";
    }

    /** How a service was asked for; null when it was not. */
    @Nullable
    Request of(String host) {
        if (everything) {
            TreeSet<String> self = new TreeSet<>();
            self.add(host);
            return new Request(self, new TreeSet<>());
        }
        return outbound.get(host);
    }
}
