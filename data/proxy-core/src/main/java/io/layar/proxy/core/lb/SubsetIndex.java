package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Subsets of a cluster's hosts by their {@code envoy.lb} metadata: which host is in which, and what a request's criteria lead to.
 *
 * <p>Shape: a subset is known by the values of a selector's keys. Thread: any (immutable).
 * Source: Envoy's documentation of load balancer subsets.
 */
final class SubsetIndex {
    private static final String NAMESPACE = "envoy.lb";

    private final LbPolicy.Subset policy;
    private final double panicThreshold;
    private final PrioritySet all;
    private final Map<List<String>, LbPolicy.Selector> selectors = new HashMap<>();
    private final Map<Map<String, Object>, PrioritySet> subsets = new HashMap<>();
    private final @Nullable PrioritySet defaultSubset;

    private SubsetIndex(LbPolicy.Subset policy, PrioritySet all, double panicThreshold) {
        this.policy = policy;
        this.all = all;
        this.panicThreshold = panicThreshold;
        for (LbPolicy.Selector selector : policy.settings().selectors()) {
            selectors.put(selector.keys(), selector);
        }
        Map<Map<String, Object>, List<Host>> members = new LinkedHashMap<>();
        all.forEachHost(host -> addTo(members, host));
        members.forEach((values, hosts) -> subsets.put(values, filtered(hosts)));
        this.defaultSubset = defaultSubset();
    }

    static SubsetIndex of(LbPolicy.Subset policy, PrioritySet all, double panicThreshold) {
        return new SubsetIndex(policy, all, panicThreshold);
    }

    private void addTo(Map<Map<String, Object>, List<Host>> members, Host host) {
        Map<String, Object> metadata = host.metadata().namespace(NAMESPACE);
        if (metadata == null) {
            return;
        }
        for (LbPolicy.Selector selector : policy.settings().selectors()) {
            for (Map<String, Object> values : valuesOf(metadata, selector.keys())) {
                members.computeIfAbsent(values, _ -> new ArrayList<>()).add(host);
            }
        }
    }

    /** All combinations of the keys' values; more than one only where a list stands for any of its values. */
    private List<Map<String, Object>> valuesOf(Map<String, Object> metadata, List<String> keys) {
        List<Map<String, Object>> combinations = List.of(new TreeMap<>());
        for (String key : keys) {
            Object value = metadata.get(key);
            if (value == null) {
                return List.of();
            }
            List<?> values = policy.settings().listAsAny() && value instanceof List<?> list ? list : List.of(value);
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> one : combinations) {
                for (Object each : values) {
                    Map<String, Object> next = new TreeMap<>(one);
                    next.put(key, each);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private @Nullable PrioritySet defaultSubset() {
        if (policy.settings().defaultSubset().isEmpty()) {
            return null;
        }
        List<Host> hosts = new ArrayList<>();
        all.forEachHost(host -> {
            Map<String, Object> metadata = host.metadata().namespace(NAMESPACE);
            if (metadata != null
                    && metadata.entrySet()
                            .containsAll(policy.settings().defaultSubset().entrySet())) {
                hosts.add(host);
            }
        });
        return hosts.isEmpty() ? null : filtered(hosts);
    }

    private PrioritySet filtered(List<Host> members) {
        List<HostSet> sets = new ArrayList<>(all.size());
        for (HostSet set : all.priorities()) {
            List<Host> own = members.stream()
                    .filter(host -> host.priority() == set.priority())
                    .toList();
            sets.add(HostSet.of(set.priority(), own, weights(set, own), set.overprovisioning(), set.weightedHealth()));
        }
        return new PrioritySet(sets, all.version());
    }

    private Map<Locality, Integer> weights(HostSet set, List<Host> own) {
        if (!policy.settings().localityWeightAware()) {
            return Map.of();
        }
        Map<Locality, Integer> weights = new HashMap<>();
        for (HostSet.LocalityHosts locality : set.localities()) {
            int weight = locality.weight();
            if (policy.settings().scaleLocalityWeight() && weight > 0) {
                long inside = own.stream()
                        .filter(h -> h.locality().equals(locality.locality()))
                        .count();
                weight = (int) Math.max(1, Math.round((double) weight * inside / locality.hosts().length));
            }
            weights.put(locality.locality(), weight);
        }
        return weights;
    }

    LoadBalancer forWorker(LbEnvironment environment) {
        return new Worker(environment);
    }

    /** One worker's balancers of the subsets that it has used. */
    private final class Worker implements LoadBalancer {
        private static final String FALLBACK_LIST = "fallback_list";

        private final LbEnvironment environment;
        private final Map<PrioritySet, LoadBalancer> balancers = new java.util.IdentityHashMap<>();

        Worker(LbEnvironment environment) {
            this.environment = environment;
        }

        @Override
        public @Nullable Host choose(LoadBalancerContext context) {
            MetadataMatch match = context.metadataMatch();
            Map<String, Object> criteria = match == null ? Map.of() : match.criteria();
            if (policy.settings().metadataFallbackList() && criteria.get(FALLBACK_LIST) instanceof List<?> list) {
                return chooseFromList(list, criteria, context);
            }
            return chooseBy(criteria, context);
        }

        private @Nullable Host chooseFromList(List<?> list, Map<String, Object> criteria, LoadBalancerContext context) {
            Map<String, Object> base = new TreeMap<>(criteria);
            base.remove(FALLBACK_LIST);
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> more) {
                    Map<String, Object> tried = new TreeMap<>(base);
                    more.forEach((key, value) -> tried.put(String.valueOf(key), value));
                    Host host = chooseBy(tried, context);
                    if (host != null) {
                        return host;
                    }
                }
            }
            return null;
        }

        private @Nullable Host chooseBy(Map<String, Object> criteria, LoadBalancerContext context) {
            PrioritySet subset = criteria.isEmpty() ? null : find(criteria);
            if (subset != null) {
                Host host = balancer(subset).choose(context);
                if (host != null) {
                    return host;
                }
            }
            Host host = fallback(criteria, context);
            return host == null && policy.settings().panicModeAny()
                    ? balancer(all).choose(context)
                    : host;
        }

        private @Nullable PrioritySet find(Map<String, Object> criteria) {
            if (!policy.settings().allowRedundantKeys()) {
                return subsets.get(criteria);
            }
            PrioritySet best = null;
            int most = 0;
            for (LbPolicy.Selector selector : policy.settings().selectors()) {
                if (selector.keys().size() > most && criteria.keySet().containsAll(selector.keys())) {
                    PrioritySet found = subsets.get(only(criteria, selector.keys()));
                    if (found != null) {
                        best = found;
                        most = selector.keys().size();
                    }
                }
            }
            return best;
        }

        private Map<String, Object> only(Map<String, Object> criteria, List<String> keys) {
            Map<String, Object> some = new TreeMap<>(criteria);
            some.keySet().retainAll(keys);
            return some;
        }

        private @Nullable Host fallback(Map<String, Object> criteria, LoadBalancerContext context) {
            LbPolicy.Selector selector = selectors.get(List.copyOf(criteria.keySet()));
            LbPolicy.Fallback how = selector == null || selector.fallback() == LbPolicy.Fallback.NOT_DEFINED
                    ? policy.settings().fallback()
                    : selector.fallback();
            return switch (how) {
                case NO_FALLBACK, NOT_DEFINED -> null;
                case ANY_ENDPOINT -> balancer(all).choose(context);
                case DEFAULT_SUBSET ->
                    defaultSubset == null ? null : balancer(defaultSubset).choose(context);
                case KEYS_SUBSET ->
                    selector == null ? null : chooseBy(only(criteria, selector.fallbackKeys()), context);
            };
        }

        private LoadBalancer balancer(PrioritySet subset) {
            LoadBalancer known = balancers.get(subset);
            if (known == null) {
                known = SharedBalancer.of(policy.child(), subset, panicThreshold)
                        .forWorker(environment);
                balancers.put(subset, known);
            }
            return known;
        }
    }
}
