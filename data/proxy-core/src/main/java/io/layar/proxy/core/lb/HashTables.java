package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ring hash and Maglev over all priorities: tables are made once per change of hosts and shared by the workers.
 *
 * <p>Thread: any (immutable).
 */
final class HashTables {
    private final PrioritySet set;
    private final PriorityState state;
    private final LbPolicy.HashSettings settings;
    private final HashTable[] tables;
    private final List<List<HashTable.Weighted>> weighted = new ArrayList<>();

    private HashTables(
            PrioritySet set,
            double panicThreshold,
            LbPolicy.HashSettings settings,
            Function<List<HashTable.Weighted>, HashTable> build) {
        this.set = set;
        this.state = PriorityState.of(set, panicThreshold);
        this.settings = settings;
        this.tables = new HashTable[set.size()];
        for (int p = 0; p < tables.length; p++) {
            List<HashTable.Weighted> hosts = shares(set.priority(p), state.panic[p], settings.localityWeighted());
            weighted.add(hosts);
            tables[p] = build.apply(hosts);
        }
    }

    static HashTables ring(PrioritySet set, double panicThreshold, LbPolicy.RingHash policy) {
        return new HashTables(set, panicThreshold, policy.hash(), hosts -> RingTable.of(hosts, policy));
    }

    static HashTables maglev(PrioritySet set, double panicThreshold, LbPolicy.Maglev policy) {
        return new HashTables(set, panicThreshold, policy.hash(), hosts -> MaglevTable.of(hosts, policy));
    }

    LoadBalancer forWorker(LbEnvironment environment) {
        return context -> choose(context, environment);
    }

    private @Nullable Host choose(LoadBalancerContext context, LbEnvironment environment) {
        long hash = context.hasHash() ? context.hash() : environment.random().nextLong();
        int priority = PriorityChoice.priority(PriorityChoice.choose(hash, context.priorityLoad(set, state.load)));
        if (state.panic[priority]) {
            environment.panics().run();
        }
        int attempts = context.hostSelectionRetryCount() + 1;
        Host host = null;
        for (int i = 0; i < attempts; i++) {
            host = settings.balanceFactor() == 0 ? tables[priority].choose(hash, i) : bounded(priority, hash, i);
            if (host == null || !context.shouldSelectAnotherHost(host)) {
                return host;
            }
        }
        return host;
    }

    /** Consistent hashing with bounded loads: walks on from hosts that have too much in flight. */
    private @Nullable Host bounded(int priority, long hash, int attempt) {
        Host host = tables[priority].choose(hash, attempt);
        List<HashTable.Weighted> hosts = weighted.get(priority);
        if (host == null || !overloaded(host, hosts)) {
            return host;
        }
        java.util.SplittableRandom order = new java.util.SplittableRandom(hash);
        int start = order.nextInt(hosts.size());
        Host least = host;
        for (int i = 0; i < hosts.size(); i++) {
            Host other = hosts.get((start + i) % hosts.size()).host();
            if (!overloaded(other, hosts)) {
                return other;
            }
            least = other.stat(HostStat.RQ_ACTIVE) < least.stat(HostStat.RQ_ACTIVE) ? other : least;
        }
        return least;
    }

    private boolean overloaded(Host host, List<HashTable.Weighted> hosts) {
        long all = 0;
        double share = 0;
        for (HashTable.Weighted one : hosts) {
            all += one.host().stat(HostStat.RQ_ACTIVE);
            share = one.host() == host ? one.share() : share;
        }
        double slots = Math.max(1, Math.ceil((all + 1) * share * settings.balanceFactor() / 100.0));
        return host.stat(HostStat.RQ_ACTIVE) >= slots;
    }

    private static List<HashTable.Weighted> shares(HostSet set, boolean panic, boolean byLocality) {
        List<HashTable.Weighted> shares = new ArrayList<>();
        if (byLocality && set.hasLocalityWeights()) {
            double all = 0;
            for (HostSet.LocalityHosts locality : set.localities()) {
                Host[] usable = panic ? locality.hosts() : locality.healthy();
                double weight = LocalitySchedule.effectiveWeight(locality, usable, set.overprovisioning());
                all += weight;
                add(shares, usable, weight);
            }
            return normalized(shares, all);
        }
        Host[] usable = panic ? set.hosts() : set.healthy();
        add(shares, usable, 1.0);
        return shares;
    }

    private static void add(List<HashTable.Weighted> shares, Host[] hosts, double whole) {
        if (whole <= 0) {
            return;
        }
        double all = 0;
        for (Host host : hosts) {
            all += host.weight();
        }
        for (Host host : hosts) {
            shares.add(new HashTable.Weighted(host, whole * host.weight() / all));
        }
    }

    private static List<HashTable.Weighted> normalized(List<HashTable.Weighted> shares, double all) {
        shares.replaceAll(one -> new HashTable.Weighted(one.host(), one.share() / all));
        return shares;
    }
}
