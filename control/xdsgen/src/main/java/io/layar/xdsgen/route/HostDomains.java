package io.layar.xdsgen.route;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import io.layar.xdsgen.envoy.Addresses;
import java.util.ArrayList;
import java.util.List;

/**
 * The shorter names under which a host is reached from a proxy.
 *
 * <p>Inside of Kubernetes ({@code ns.svc.cluster.local}) the namespace may be left out by its own proxies, and the cluster's
 * domain by all. Elsewhere the part of the domain that host and proxy share may be left out.
 */
public final class HostDomains {
    private static final String KUBERNETES = ".svc.";

    private HostDomains() {}

    /**
     * Without the host itself.
     *
     * @param port 0 for names without a port
     * @param withRootDot whether the name with a dot at its end is one of them
     */
    public static List<String> alternatives(String host, int port, String proxyDomain, boolean withRootDot) {
        List<String> out = new ArrayList<>();
        if (withRootDot) {
            if (!InetAddresses.isInetAddress(host)) {
                out.add(host + ".");
            }
            if (port != 0) {
                out.add(join(host + ".", port));
            }
        }
        int svc = proxyDomain.indexOf(KUBERNETES);
        if (svc >= 0) {
            String shared = svc > 0 ? proxyDomain.substring(svc) : proxyDomain;
            if (host.endsWith(shared)) {
                kubernetes(host, port, proxyDomain.substring(0, svc), out);
            }
            return out;
        }
        other(host, port, proxyDomain, out);
        return out;
    }

    private static void kubernetes(String host, int port, String proxyNamespace, List<String> out) {
        int svc = host.indexOf(KUBERNETES);
        int dot = host.indexOf('.');
        if (svc <= 0 || dot + 1 > svc) {
            return;
        }
        String withNamespace = host.substring(0, svc);
        if (host.substring(dot + 1, svc).equals(proxyNamespace)) {
            add(host.substring(0, dot), port, out);
            add(withNamespace + ".svc", port, out);
            add(withNamespace, port, out);
        } else {
            add(withNamespace, port, out);
            add(withNamespace + ".svc", port, out);
        }
    }

    private static void other(String host, int port, String proxyDomain, List<String> out) {
        List<String> parts = Splitter.on('.').splitToList(host);
        List<String> domain = Splitter.on('.').splitToList(proxyDomain);
        int shared = 0;
        while (shared < Math.min(parts.size(), domain.size())
                && parts.get(parts.size() - 1 - shared).equals(domain.get(domain.size() - 1 - shared))) {
            shared++;
        }
        if (shared == 0) {
            return;
        }
        List<String> own = parts.subList(0, parts.size() - shared);
        String unique = String.join(".", own);
        add(unique, port, out);
        if (own.size() == 2) {
            add(unique + "." + parts.get(parts.size() - shared), port, out);
        }
    }

    /** Adds a name, and the same with a port unless that is 0. */
    static void add(String name, int port, List<String> out) {
        out.add(Addresses.bracketed(name));
        if (port != 0) {
            out.add(join(name, port));
        }
    }

    private static String join(String name, int port) {
        return Addresses.hostAndPort(name, port);
    }
}
