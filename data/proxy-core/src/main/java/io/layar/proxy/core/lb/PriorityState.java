package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;

/**
 * How much load each priority takes, by the health of its hosts, and which priorities panic.
 *
 * <p>A priority's health is the share of its healthy hosts times the overprovisioning factor; lower priorities get what the higher ones cannot
 * take; when even all together cannot take it all, what there is is scaled up. A priority whose share of usable hosts is under the
 * panic threshold sends to all of its hosts, healthy or not. Thread: any (immutable).
 * Source: Envoy's documentation of priority levels, degraded endpoints and panic threshold.
 */
final class PriorityState {
    final PriorityLoad load;
    final boolean[] panic;

    private PriorityState(PriorityLoad load, boolean[] panic) {
        this.load = load;
        this.panic = panic;
    }

    /** Units: {@code panicThreshold} per cent, 0 switches panic off. */
    static PriorityState of(PrioritySet set, double panicThreshold) {
        int count = set.size();
        int[] health = new int[count];
        int[] degradedHealth = new int[count];
        int sum = 0;
        for (int p = 0; p < count; p++) {
            HostSet hosts = set.priority(p);
            health[p] = availability(hosts, hosts.healthy());
            degradedHealth[p] = availability(hosts, hosts.degraded());
            sum += health[p] + degradedHealth[p];
        }
        int total = Math.min(100, sum);
        PriorityLoad load = loads(health, degradedHealth, total);
        boolean[] panic = new boolean[count];
        if (panicThreshold <= 0 && total == 0) {
            return new PriorityState(load, panic);
        }
        boolean all = true;
        for (int p = 0; p < count; p++) {
            panic[p] = total != 100 && panics(set.priority(p), panicThreshold);
            all &= panic[p];
        }
        return new PriorityState(all ? byHostCount(set) : load, panic);
    }

    private static int availability(HostSet set, Host[] usable) {
        if (set.weightedHealth()) {
            long all = weight(set.hosts()) - excludedWeight(set);
            return all <= 0 ? 0 : (int) Math.min(100, set.overprovisioning() * weight(usable) / all);
        }
        int all = set.hosts().length - set.excluded();
        return all <= 0 ? 0 : (int) Math.min(100, (long) set.overprovisioning() * usable.length / all);
    }

    private static long weight(Host[] hosts) {
        long sum = 0;
        for (Host host : hosts) {
            sum += host.weight();
        }
        return sum;
    }

    private static long excludedWeight(HostSet set) {
        if (set.excluded() == 0) {
            return 0;
        }
        long sum = 0;
        for (Host host : set.hosts()) {
            sum += HostSet.isExcluded(host) ? host.weight() : 0;
        }
        return sum;
    }

    private static boolean panics(HostSet set, double threshold) {
        int all = set.hosts().length - set.excluded();
        double usable = all <= 0 ? 0 : 100.0 * (set.healthy().length + set.degraded().length) / all;
        return usable < threshold;
    }

    private static PriorityLoad loads(int[] health, int[] degradedHealth, int total) {
        int count = health.length;
        int[] healthy = new int[count];
        int[] degraded = new int[count];
        if (total == 0) {
            healthy[0] = 100;
            return new PriorityLoad(healthy, degraded);
        }
        int left = share(health, healthy, total, 100);
        left = share(degradedHealth, degraded, total, left);
        giveRest(health, healthy, degradedHealth, degraded, left);
        return new PriorityLoad(healthy, degraded);
    }

    private static int share(int[] health, int[] load, int total, int available) {
        int left = available;
        for (int p = 0; p < health.length; p++) {
            load[p] = Math.min(left, health[p] * 100 / total);
            left -= load[p];
        }
        return left;
    }

    /** Rounding leaves some per cent over: the first priority that can take load takes them. */
    private static void giveRest(int[] health, int[] healthy, int[] degradedHealth, int[] degraded, int rest) {
        for (int p = 0; p < health.length && rest > 0; p++) {
            if (health[p] > 0) {
                healthy[p] += rest;
                return;
            }
        }
        for (int p = 0; p < health.length && rest > 0; p++) {
            if (degradedHealth[p] > 0) {
                degraded[p] += rest;
                return;
            }
        }
    }

    private static PriorityLoad byHostCount(PrioritySet set) {
        int count = set.size();
        int[] healthy = new int[count];
        int hosts = set.hostCount();
        if (hosts == 0) {
            healthy[0] = 100;
            return new PriorityLoad(healthy, new int[count]);
        }
        int left = 100;
        int first = -1;
        for (int p = 0; p < count; p++) {
            int own = set.priority(p).hosts().length;
            if (own > 0 && first < 0) {
                first = p;
            }
            healthy[p] = Math.min(left, 100 * own / hosts);
            left -= healthy[p];
        }
        healthy[first] += left;
        return new PriorityLoad(healthy, new int[count]);
    }
}
