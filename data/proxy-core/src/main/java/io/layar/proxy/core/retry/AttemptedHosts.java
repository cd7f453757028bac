package io.layar.proxy.core.retry;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.lb.HostSet;
import io.layar.proxy.core.lb.PriorityLoad;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hosts that a request was tried on, and which a retry therefore avoids. Thread: event loop of the stream. */
public final class AttemptedHosts {
    private static final List<String> CANARY = List.of("canary");
    private static final String LB = "envoy.lb";

    private final RetryPolicy.HostSelection rules;
    private final List<Host> hosts = new ArrayList<>(2);

    public AttemptedHosts(RetryPolicy.HostSelection rules) {
        this.rules = rules;
    }

    public void add(Host host) {
        hosts.add(host);
    }

    /** How many hosts are drawn at most before the last is taken anyway. */
    public int maxAttempts() {
        return rules.maxAttempts();
    }

    public boolean avoids(Host host) {
        return (rules.omitPrevious() && hosts.contains(host))
                || (rules.omitCanary() && Boolean.TRUE.equals(host.metadata().get(LB, CANARY)))
                || (rules.omitMetadata() != null && agrees(host.metadata(), rules.omitMetadata()));
    }

    private static boolean agrees(Metadata host, Metadata unwanted) {
        Map<String, Object> criteria = unwanted.namespace(LB);
        if (criteria == null || criteria.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, Object> criterion : criteria.entrySet()) {
            if (!criterion.getValue().equals(host.get(LB, List.of(criterion.getKey())))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The load by priority for the next attempt: priorities that were tried get none, as long as others have healthy hosts.
     *
     * <p>The set of tried priorities grows every {@code update_frequency} attempts only.
     */
    public PriorityLoad load(PrioritySet all, PriorityLoad original) {
        int frequency = rules.priorityUpdateFrequency();
        int counted = frequency == 0 ? 0 : hosts.size() / frequency * frequency;
        if (counted == 0) {
            return original;
        }
        boolean[] tried = new boolean[all.size()];
        for (int i = 0; i < counted; i++) {
            int priority = hosts.get(i).priority();
            if (priority < tried.length) {
                tried[priority] = true;
            }
        }
        int[] healthy = spread(all, tried);
        return healthy.length == 0 ? original : new PriorityLoad(healthy, new int[all.size()]);
    }

    private static int[] spread(PrioritySet all, boolean[] tried) {
        int[] health = new int[all.size()];
        int total = 0;
        for (int i = 0; i < health.length; i++) {
            HostSet set = all.priority(i);
            int count = set.hosts().length - set.excluded();
            if (!tried[i] && count > 0) {
                health[i] = Math.min(100, set.overprovisioning() * set.healthy().length / count);
                total += health[i];
            }
        }
        if (total == 0) {
            return new int[0];
        }
        int scale = Math.min(100, total);
        int left = 100;
        int last = 0;
        int[] load = new int[health.length];
        for (int i = 0; i < health.length; i++) {
            load[i] = Math.min(left, health[i] * 100 / scale);
            left -= load[i];
            last = load[i] > 0 ? i : last;
        }
        load[last] += left;
        return load;
    }
}
