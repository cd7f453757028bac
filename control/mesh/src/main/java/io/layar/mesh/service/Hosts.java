package io.layar.mesh.service;

import com.google.common.net.InetAddresses;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Matching of host names and host patterns ({@code *}, {@code *.example.com}); a wildcard stands at the front only. */
public final class Hosts {
    private Hosts() {}

    public static boolean isWildcard(String host) {
        return host.startsWith("*");
    }

    /** Do the two overlap: does one of them cover the other? */
    public static boolean overlap(String a, String b) {
        if (isWildcard(a)) {
            return isWildcard(b)
                    ? a.length() < b.length() ? b.endsWith(a.substring(1)) : a.endsWith(b.substring(1))
                    : b.endsWith(a.substring(1));
        }
        return isWildcard(b) ? a.endsWith(b.substring(1)) : a.equals(b);
    }

    /** Does {@code pattern} cover every name of {@code host}? */
    public static boolean isSubset(String host, String pattern) {
        if (isWildcard(host)) {
            return isWildcard(pattern) && host.length() >= pattern.length() && host.endsWith(pattern.substring(1));
        }
        return isWildcard(pattern) ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
    }

    /** The key of {@code byHost} that fits {@code host} best: itself, or the longest wildcard; null when none does. */
    public static <V> @Nullable String mostSpecific(String host, Map<String, V> byHost) {
        if (byHost.containsKey(host)) {
            return host;
        }
        return mostSpecificWildcard(isWildcard(host) ? host.substring(1) : host, byHost.keySet());
    }

    private static @Nullable String mostSpecificWildcard(String needle, Set<String> patterns) {
        String best = null;
        for (String pattern : patterns) {
            if (isWildcard(pattern) && needle.endsWith(pattern.substring(1)) && isMoreSpecific(pattern, best)) {
                best = pattern;
            }
        }
        return best;
    }

    private static boolean isMoreSpecific(String candidate, @Nullable String best) {
        if (best == null || candidate.length() != best.length()) {
            return best == null || candidate.length() > best.length();
        }
        return candidate.compareTo(best) < 0;
    }

    /** A short name of {@code namespace} written out: {@code reviews} to {@code reviews.default.svc.cluster.local}. */
    public static String resolve(String host, String namespace, String domain) {
        if (host.isEmpty() || host.contains(".") || host.equals("*") || InetAddresses.isInetAddress(host)) {
            return host;
        }
        String inNamespace = namespace.isEmpty() ? host : host + "." + namespace;
        return domain.isEmpty() ? inNamespace : inNamespace + ".svc." + domain;
    }

    /** A gateway's name as {@code namespace/name}. */
    public static String resolveGateway(String gateway, String namespace) {
        int slash = gateway.indexOf('/');
        if (slash >= 0) {
            return gateway.startsWith("./") ? namespace + gateway.substring(1) : gateway;
        }
        int dot = gateway.indexOf('.');
        if (dot < 0) {
            return namespace + "/" + gateway;
        }
        String rest = gateway.substring(dot + 1);
        int end = rest.indexOf('.');
        return (end < 0 ? rest : rest.substring(0, end)) + "/" + gateway.substring(0, dot);
    }
}
