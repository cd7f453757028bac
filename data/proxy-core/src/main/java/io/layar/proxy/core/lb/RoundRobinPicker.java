package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/** Turn by turn; by weight where weights differ. The first turn falls on a random host. Thread: event loop of its worker. */
final class RoundRobinPicker implements HostPicker {
    private final Host[] hosts;
    private final HostWeights weights;
    private final @Nullable EdfScheduler schedule;
    private int next;

    RoundRobinPicker(Host[] hosts, HostWeights weights, LbEnvironment environment) {
        this.hosts = hosts;
        this.weights = weights;
        this.next = hosts.length == 1 ? 0 : environment.random().nextInt(hosts.length);
        this.schedule = weights.allEqual(hosts) ? null : schedule(environment);
    }

    private EdfScheduler schedule(LbEnvironment environment) {
        EdfScheduler edf = new EdfScheduler(hosts.length);
        for (int i = 0; i < hosts.length; i++) {
            edf.add(i, weights.of(hosts[i]));
        }
        // Workers and updates shall not all begin with the heaviest host.
        for (int skip = environment.random().nextInt(hosts.length); skip > 0; skip--) {
            edf.reschedule(weights.of(hosts[edf.peek()]));
        }
        return edf;
    }

    @Override
    public Host pick() {
        EdfScheduler edf = schedule;
        if (edf == null) {
            Host host = hosts[next];
            next = next + 1 == hosts.length ? 0 : next + 1;
            return host;
        }
        Host host = hosts[edf.peek()];
        edf.reschedule(weights.of(host));
        return host;
    }
}
