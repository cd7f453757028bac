package io.layar.proxy.core.route;

import io.layar.proxy.core.config.ConfigRejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by domain: exact, {@code *.suffix}, {@code prefix.*}, {@code *}.
 *
 * <p>Order: exact, then the longest suffix wildcard, then the longest prefix wildcard, then {@code *}. Thread: any (immutable after
 * {@link Builder#build}).
 */
final class DomainIndex<V> {
    private final Map<String, V> exact;
    private final List<ByLength<V>> suffixes;
    private final List<ByLength<V>> prefixes;
    private final @Nullable V any;

    private DomainIndex(Builder<V> builder) {
        exact = new HashMap<>(builder.exact);
        suffixes = byLength(builder.suffixes);
        prefixes = byLength(builder.prefixes);
        any = builder.any;
    }

    private record ByLength<V>(int length, Map<String, V> values) {}

    private static <V> List<ByLength<V>> byLength(Map<String, V> all) {
        TreeMap<Integer, Map<String, V>> lengths = new TreeMap<>(Comparator.reverseOrder());
        all.forEach((text, value) ->
                lengths.computeIfAbsent(text.length(), _ -> new HashMap<>()).put(text, value));
        List<ByLength<V>> list = new ArrayList<>();
        lengths.forEach((length, values) -> list.add(new ByLength<>(length, values)));
        return List.copyOf(list);
    }

    /** The value for a host in lower case. A wildcard stands for at least one character. */
    @Nullable
    V find(String host) {
        V found = exact.get(host);
        if (found != null) {
            return found;
        }
        for (ByLength<V> group : suffixes) {
            if (host.length() > group.length) {
                found = group.values.get(host.substring(host.length() - group.length));
                if (found != null) {
                    return found;
                }
            }
        }
        for (ByLength<V> group : prefixes) {
            if (host.length() > group.length) {
                found = group.values.get(host.substring(0, group.length));
                if (found != null) {
                    return found;
                }
            }
        }
        return any;
    }

    /** The value of {@code *}, or null. */
    @Nullable
    V any() {
        return any;
    }

    /** True when nothing but {@code *} is there: the host need not be looked at. */
    boolean onlyAny() {
        return exact.isEmpty() && suffixes.isEmpty() && prefixes.isEmpty();
    }

    /** Thread: none but its maker's. */
    static final class Builder<V> {
        private final Map<String, V> exact = new HashMap<>();
        private final Map<String, V> suffixes = new HashMap<>();
        private final Map<String, V> prefixes = new HashMap<>();
        private @Nullable V any;

        /** Errors: {@link ConfigRejected} for a domain that is already there. */
        void add(String domain, V value, String table) {
            String lower = domain.toLowerCase(Locale.ROOT);
            if (lower.equals("*")) {
                if (any != null) {
                    throw new ConfigRejected("", "Only a single wildcard domain is permitted in route " + table);
                }
                any = value;
                return;
            }
            V old;
            if (lower.startsWith("*")) {
                old = suffixes.putIfAbsent(lower.substring(1), value);
            } else if (lower.endsWith("*")) {
                old = prefixes.putIfAbsent(lower.substring(0, lower.length() - 1), value);
            } else {
                old = exact.putIfAbsent(lower, value);
            }
            if (old != null) {
                throw new ConfigRejected(
                        "",
                        "Only unique values for domains are permitted. Duplicate entry of domain " + domain
                                + " in route " + table);
            }
        }

        DomainIndex<V> build() {
            return new DomainIndex<>(this);
        }
    }
}
