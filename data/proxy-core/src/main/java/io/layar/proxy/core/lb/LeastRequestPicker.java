package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import org.jspecify.annotations.Nullable;

/**
 * The host with the fewest active requests among some drawn at random; with differing weights, by schedule with weights that shrink
 * with the requests in flight. Order: ties go to the first drawn. Thread: event loop of its worker.
 */
final class LeastRequestPicker implements HostPicker {
    private final Host[] hosts;
    private final LbPolicy.LeastRequest policy;
    private final HostWeights weights;
    private final LbEnvironment environment;
    private final @Nullable EdfScheduler schedule;

    LeastRequestPicker(Host[] hosts, LbPolicy.LeastRequest policy, HostWeights weights, LbEnvironment environment) {
        this.hosts = hosts;
        this.policy = policy;
        this.weights = weights;
        this.environment = environment;
        this.schedule = weights.allEqual(hosts) ? null : schedule();
    }

    private EdfScheduler schedule() {
        EdfScheduler edf = new EdfScheduler(hosts.length);
        for (int i = 0; i < hosts.length; i++) {
            edf.add(i, weight(hosts[i]));
        }
        for (int skip = environment.random().nextInt(hosts.length); skip > 0; skip--) {
            edf.reschedule(weight(hosts[edf.peek()]));
        }
        return edf;
    }

    private double weight(Host host) {
        double bias = environment.number(policy.activeRequestBias());
        double load = host.stat(HostStat.RQ_ACTIVE) + 1.0;
        double divisor = bias == 0.0 ? 1.0 : bias == 1.0 ? load : Math.pow(load, bias);
        return Math.max(1e-9, weights.of(host) / divisor);
    }

    @Override
    public Host pick() {
        if (hosts.length == 1) {
            return hosts[0];
        }
        EdfScheduler edf = schedule;
        if (edf != null) {
            Host host = hosts[edf.peek()];
            edf.reschedule(weight(host));
            return host;
        }
        return policy.fullScan() ? scan() : draw();
    }

    private Host draw() {
        Host best = hosts[environment.random().nextInt(hosts.length)];
        long least = best.stat(HostStat.RQ_ACTIVE);
        for (int i = 1; i < policy.choices(); i++) {
            Host other = hosts[environment.random().nextInt(hosts.length)];
            long active = other.stat(HostStat.RQ_ACTIVE);
            if (active < least) {
                best = other;
                least = active;
            }
        }
        return best;
    }

    private Host scan() {
        Host best = hosts[0];
        long least = Long.MAX_VALUE;
        int ties = 0;
        for (Host host : hosts) {
            long active = host.stat(HostStat.RQ_ACTIVE);
            if (active < least) {
                best = host;
                least = active;
                ties = 1;
            } else if (active == least && environment.random().nextInt(++ties) == 0) {
                best = host;
            }
        }
        return best;
    }
}
