package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.net.InetAddresses;
import io.layar.config.networking.IstioIngressListener;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.scope.SidecarScope;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Registry;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.mesh.service.Visibility;
import java.net.Inet4Address;
import org.jspecify.annotations.Nullable;

/** Where a Sidecar's ingress listener sends to. An empty address: to where the client meant to go. */
record IngressEndpoint(String address, int port) {
    private static final String UNIX_PREFIX = "unix://";

    /** Null when the default endpoint is no address with a port. */
    static @Nullable IngressEndpoint of(IstioIngressListener listener, Proxy proxy) {
        String endpoint = listener.defaultEndpoint();
        if (endpoint.isEmpty() || endpoint.startsWith(UNIX_PREFIX)) {
            return new IngressEndpoint(endpoint, 0);
        }
        int colon = endpoint.lastIndexOf(':');
        String number = endpoint.substring(colon + 1);
        if (colon < 0 || number.isEmpty() || !number.chars().allMatch(Character::isDigit)) {
            return null;
        }
        String host = endpoint.substring(0, colon).replace("[", "").replace("]", "");
        return new IngressEndpoint(address(host, proxy), Integer.parseInt(number));
    }

    private static String address(String host, Proxy proxy) {
        return switch (host) {
            case "0.0.0.0" -> own(proxy, true, "127.0.0.1");
            case "::" -> own(proxy, false, "::1");
            case "127.0.0.1" -> proxy.supportsIpv4() ? "127.0.0.1" : "::1";
            case "::1" -> proxy.supportsIpv6() ? "::1" : "127.0.0.1";
            default -> "";
        };
    }

    private static String own(Proxy proxy, boolean v4, String otherwise) {
        for (String ip : proxy.ips()) {
            if (InetAddresses.forString(ip) instanceof Inet4Address == v4) {
                return ip;
            }
        }
        return otherwise;
    }

    /** The listener's port as a service's. */
    static ServicePort port(IstioIngressListener listener) {
        var port = listener.port();
        return port == null
                ? new ServicePort("", 0, Protocol.UNSUPPORTED)
                : new ServicePort(port.name(), port.number(), Protocol.parse(port.protocol()));
    }

    /** Takes the place of a service where none is on the port. */
    static Service standIn(SidecarScope scope) {
        return new Service(
                scope.name() + "." + scope.namespace(),
                scope.namespace(),
                scope.name(),
                Registry.EXTERNAL,
                Resolution.CLIENT_SIDE_LB,
                true,
                ImmutableList.of(),
                Service.Addresses.NONE,
                Visibility.UNSET,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedSet.of(),
                Service.KubernetesTraits.NONE,
                null,
                ImmutableList.of());
    }
}
