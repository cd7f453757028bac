package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import java.util.List;

/**
 * Localities of one priority in proportion to their weights, each weight lowered by the share of its hosts that are usable (times the
 * overprovisioning factor, so that a few lost hosts change nothing). Thread: event loop of its worker.
 */
final class LocalitySchedule {
    private final double[] weights;
    private final EdfScheduler edf;

    LocalitySchedule(HostSet set, boolean degraded) {
        List<HostSet.LocalityHosts> localities = set.localities();
        weights = new double[localities.size()];
        edf = new EdfScheduler(localities.size());
        for (int i = 0; i < weights.length; i++) {
            HostSet.LocalityHosts locality = localities.get(i);
            weights[i] = effectiveWeight(
                    locality, degraded ? locality.degraded() : locality.healthy(), set.overprovisioning());
            if (weights[i] > 0) {
                edf.add(i, weights[i]);
            }
        }
    }

    static double effectiveWeight(HostSet.LocalityHosts locality, Host[] usable, int overprovisioning) {
        int hosts = 0;
        for (Host host : locality.hosts()) {
            hosts += HostSet.isExcluded(host) ? 0 : 1;
        }
        if (hosts == 0 || usable.length == 0) {
            return 0;
        }
        double available = overprovisioning / 100.0 * usable.length / hosts;
        return locality.weight() * Math.min(1.0, available);
    }

    /** A locality's index, or -1 when none has weight. */
    int pick() {
        int index = edf.peek();
        if (index >= 0) {
            edf.reschedule(weights[index]);
        }
        return index;
    }
}
