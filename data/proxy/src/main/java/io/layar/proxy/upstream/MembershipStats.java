package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.lb.HostSet;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.StatsScope;

/** Stats about who is in a cluster. Thread: main loop. */
final class MembershipStats {
    final Counter membershipChange;
    final Counter updateAttempt;
    final Counter updateSuccess;
    final Counter updateFailure;
    final Counter updateNoRebuild;
    private final Gauge total;
    private final Gauge healthy;
    private final Gauge degraded;
    private final Gauge excluded;
    private final Gauge version;
    private final Gauge maxHostWeight;

    MembershipStats(StatsScope scope) {
        membershipChange = scope.counter("membership_change");
        updateAttempt = scope.counter("update_attempt");
        updateSuccess = scope.counter("update_success");
        updateFailure = scope.counter("update_failure");
        updateNoRebuild = scope.counter("update_no_rebuild");
        total = scope.gauge("membership_total");
        healthy = scope.gauge("membership_healthy");
        degraded = scope.gauge("membership_degraded");
        excluded = scope.gauge("membership_excluded");
        version = scope.gauge("version");
        maxHostWeight = scope.gauge("max_host_weight");
    }

    void report(PrioritySet hosts) {
        int healthyHosts = 0;
        int degradedHosts = 0;
        int excludedHosts = 0;
        int most = 0;
        for (HostSet set : hosts.priorities()) {
            healthyHosts += set.healthy().length;
            degradedHosts += set.degraded().length;
            excludedHosts += set.excluded();
            for (Host host : set.hosts()) {
                most = Math.max(most, host.weight());
            }
        }
        total.set(hosts.hostCount());
        healthy.set(healthyHosts);
        degraded.set(degradedHosts);
        excluded.set(excludedHosts);
        version.set(hosts.version());
        maxHostWeight.set(most);
    }
}
