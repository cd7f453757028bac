package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import org.jspecify.annotations.Nullable;

/** The weight of a host now, slow start included. Thread: event loop of its worker. */
final class HostWeights {
    private final LbPolicy.@Nullable SlowStart slowStart;
    private final LbEnvironment environment;

    HostWeights(LbPolicy.@Nullable SlowStart slowStart, LbEnvironment environment) {
        this.slowStart = slowStart;
        this.environment = environment;
    }

    /** True where picks may ignore weights: all are equal and nobody is in slow start. */
    boolean allEqual(Host[] hosts) {
        int first = hosts[0].weight();
        for (Host host : hosts) {
            if (host.weight() != first || inSlowStart(host)) {
                return false;
            }
        }
        return true;
    }

    private boolean inSlowStart(Host host) {
        return slowStart != null && ageMillis(host) < slowStart.windowMillis();
    }

    private long ageMillis(Host host) {
        return (environment.nanos().getAsLong() - host.healthyNanos()) / 1_000_000;
    }

    double of(Host host) {
        LbPolicy.SlowStart slow = slowStart;
        if (slow == null) {
            return host.weight();
        }
        long age = Math.max(1, ageMillis(host));
        if (age >= slow.windowMillis()) {
            return host.weight();
        }
        double time = (double) age / slow.windowMillis();
        double aggression = Math.max(Double.MIN_NORMAL, environment.number(slow.aggression()));
        double factor = aggression == 1.0 ? time : Math.pow(time, 1.0 / aggression);
        return host.weight() * Math.max(slow.minWeight(), factor);
    }
}
