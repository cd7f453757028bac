package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Locality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zone aware routing: as much as possible stays in the own locality, and what is too much for it goes where others have room to spare.
 *
 * <p>Units: shares in ten-thousandths. Thread: event loop of its worker.
 * Source: Envoy's documentation of zone aware load balancing.
 */
final class ZoneRouting {
    private static final int WHOLE = 10_000;

    private final LbEnvironment environment;
    private final double enabledPercent;
    private final int own;
    private final boolean direct;
    private final long keepShare;
    private final long[] spare;

    private ZoneRouting(
            LbEnvironment environment, double enabledPercent, int own, boolean direct, long keepShare, long[] spare) {
        this.environment = environment;
        this.enabledPercent = enabledPercent;
        this.own = own;
        this.direct = direct;
        this.keepShare = keepShare;
        this.spare = spare;
    }

    /** Null where zones cannot matter: too few hosts or localities, no host in the own one, or no cluster of our own. */
    static @Nullable ZoneRouting of(LbPolicy.LocalityMode.ZoneAware mode, HostSet upstream, LbEnvironment environment) {
        PrioritySet local = environment.localHosts();
        int own = indexOf(upstream.localities(), environment.self());
        long minimum = environment.runtime().integer("upstream.zone_routing.min_cluster_size", mode.minClusterSize());
        if (local == null || own < 0 || upstream.localities().size() < 2 || upstream.hosts().length < minimum) {
            return null;
        }
        if (mode.forceLocalMinSize() > 0
                && upstream.localities().get(own).healthy().length >= mode.forceLocalMinSize()) {
            return new ZoneRouting(environment, mode.routingEnabled(), own, true, WHOLE, new long[0]);
        }
        HostSet mine = local.priority(0);
        if (indexOf(mine.localities(), environment.self()) < 0) {
            return null;
        }
        return shares(mode, upstream, mine, own, environment);
    }

    private static ZoneRouting shares(
            LbPolicy.LocalityMode.ZoneAware mode, HostSet upstream, HostSet mine, int own, LbEnvironment environment) {
        int count = upstream.localities().size();
        long[] there = new long[count];
        long[] here = new long[count];
        for (int i = 0; i < count; i++) {
            HostSet.LocalityHosts locality = upstream.localities().get(i);
            there[i] = share(locality.healthy().length, upstream.healthy().length);
            int mineAt = indexOf(mine.localities(), locality.locality());
            here[i] = mineAt < 0 ? 0 : share(mine.localities().get(mineAt).healthy().length, mine.healthy().length);
        }
        boolean direct = there[own] > 0 && there[own] >= here[own];
        long keep = there[own] > 0 && here[own] > 0 ? there[own] * WHOLE / here[own] : 0;
        long[] spare = new long[count];
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += i == own ? 0 : Math.max(0, there[i] - here[i]);
            spare[i] = sum;
        }
        return new ZoneRouting(environment, mode.routingEnabled(), own, direct, keep, spare);
    }

    private static long share(int part, int all) {
        return all == 0 ? 0 : (long) WHOLE * part / all;
    }

    private static int indexOf(List<HostSet.LocalityHosts> localities, Locality wanted) {
        for (int i = 0; i < localities.size(); i++) {
            if (localities.get(i).locality().equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** A locality's index, or -1: this pick is not by zone. */
    int pick() {
        double enabled = environment.runtime().number("upstream.zone_routing.enabled", enabledPercent);
        if (enabled < 100 && environment.random().nextDouble() * 100 >= enabled) {
            return -1;
        }
        if (direct || environment.random().nextInt(WHOLE) < keepShare) {
            return own;
        }
        long all = spare[spare.length - 1];
        if (all == 0) {
            return environment.random().nextInt(spare.length);
        }
        long draw = environment.random().nextLong(all);
        int i = 0;
        while (draw >= spare[i]) {
            i++;
        }
        return i;
    }
}
