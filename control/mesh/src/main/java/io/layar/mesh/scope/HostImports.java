package io.layar.mesh.scope;

import io.layar.mesh.service.Hosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code hosts} of a Sidecar's egress listener by namespace: what is imported, and what is left out of it. */
final class HostImports {
    private static final String ANY_NAMESPACE = "*";
    private static final String EXCLUDE = "~";

    private final Map<String, Hosted> byNamespace = new LinkedHashMap<>();
    private boolean onlyExactHosts = true;

    private static final class Hosted {
        final Set<String> exact = new LinkedHashSet<>();
        final List<String> all = new ArrayList<>();
        final List<String> excluded = new ArrayList<>();

        boolean excludes(String host) {
            return excluded.stream().anyMatch(e -> Hosts.isSubset(host, e));
        }

        boolean imports(String host) {
            return exact.contains(host)
                    || all.stream().anyMatch(e -> isWildcardPair(host, e) && Hosts.isSubset(host, e));
        }

        boolean importsRoute(String host, boolean strict) {
            return exact.contains(host)
                    || all.stream()
                            .anyMatch(e -> isWildcardPair(host, e)
                                    && (strict ? Hosts.isSubset(host, e) : Hosts.overlap(host, e)));
        }

        private static boolean isWildcardPair(String a, String b) {
            return Hosts.isWildcard(a) || Hosts.isWildcard(b);
        }
    }

    private HostImports() {}

    /** @param ownNamespace what {@code .} stands for */
    static HostImports of(List<String> hosts, String ownNamespace) {
        HostImports out = new HostImports();
        for (String entry : hosts) {
            int slash = entry.indexOf('/');
            if (slash >= 0 && slash == entry.lastIndexOf('/')) {
                out.add(entry.substring(0, slash), entry.substring(slash + 1), ownNamespace);
            }
        }
        return out;
    }

    private void add(String place, String host, String ownNamespace) {
        boolean excluded = place.startsWith(EXCLUDE);
        String namespace = excluded ? place.substring(1) : place;
        if (excluded && namespace.isEmpty()) {
            namespace = ANY_NAMESPACE;
        }
        if (namespace.equals(".")) {
            namespace = ownNamespace;
        }
        Hosted hosted = byNamespace.computeIfAbsent(namespace, k -> new Hosted());
        if (excluded) {
            hosted.excluded.add(host);
            return;
        }
        if (Hosts.isWildcard(host)) {
            onlyExactHosts = false;
        } else {
            hosted.exact.add(host);
        }
        if (namespace.equals(ANY_NAMESPACE)) {
            onlyExactHosts = false;
        }
        hosted.all.add(host);
    }

    /** Are all imports exact hosts of named namespaces, so that looking them up is enough? */
    boolean onlyExactHosts() {
        return onlyExactHosts;
    }

    /** The exact hosts by namespace. */
    Map<String, Set<String>> exactHosts() {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        byNamespace.forEach((namespace, hosted) -> out.put(namespace, hosted.exact));
        return out;
    }

    private @Nullable Hosted in(String namespace) {
        return byNamespace.get(namespace);
    }

    boolean excludes(String host, String namespace) {
        Hosted own = in(namespace);
        Hosted any = in(ANY_NAMESPACE);
        return (own != null && own.excludes(host)) || (any != null && any.excludes(host));
    }

    /** Is a host of {@code namespace} imported by that namespace's entries, or by those for all namespaces? */
    boolean imports(String host, String namespace, boolean byNamespaceEntry) {
        Hosted hosted = in(byNamespaceEntry ? namespace : ANY_NAMESPACE);
        return hosted != null && hosted.imports(host);
    }

    /** Does a VirtualService of {@code namespace} concern an imported host? */
    boolean importsRoute(List<String> hosts, String namespace, boolean strict) {
        for (String place : new String[] {namespace, ANY_NAMESPACE}) {
            Hosted hosted = in(place);
            if (hosted != null
                    && hosts.stream().anyMatch(h -> hosted.importsRoute(h, strict) && !excludes(h, namespace))) {
                return true;
            }
        }
        return false;
    }
}
