package io.layar.base;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Lists of host names. Source: the rules of Istio's host names. */
public final class HostLists {
    private HostLists() {}

    /** The names that both lists cover; of two that overlap the narrower one. Order: of the first list, without repeats. */
    public static ImmutableList<Hostname> intersection(Iterable<Hostname> first, Iterable<Hostname> second) {
        var both = new LinkedHashSet<Hostname>();
        for (var mine : first) {
            for (var theirs : second) {
                if (mine.isSubsetOf(theirs)) {
                    both.add(mine);
                } else if (theirs.isSubsetOf(mine)) {
                    both.add(theirs);
                }
            }
        }
        return ImmutableList.copyOf(both);
    }

    /** The names of a list of {@code host}, {@code namespace/host} and {@code *}{@code /host} that concern a namespace. */
    public static ImmutableList<Hostname> forNamespace(Iterable<String> hosts, String namespace) {
        var names = ImmutableList.<Hostname>builder();
        for (var host : hosts) {
            int slash = host.indexOf('/');
            var scope = slash < 0 ? "*" : host.substring(0, slash);
            if (scope.equals("*") || scope.equals(namespace)) {
                names.add(new Hostname(host.substring(slash + 1)));
            }
        }
        return names.build();
    }

    /** The most specific of the candidates that covers {@code host}: itself, else the longest wildcard; null if none does. */
    public static @Nullable Hostname mostSpecific(Hostname host, Collection<Hostname> candidates) {
        if (candidates.contains(host)) {
            return host;
        }
        return candidates.stream()
                .filter(candidate -> candidate.isWildcard() && host.isSubsetOf(candidate))
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
