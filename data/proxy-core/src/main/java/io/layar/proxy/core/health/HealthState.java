package io.layar.proxy.core.health;

import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import java.util.random.RandomGenerator;

/**
 * What active health checks make of one host: thresholds, flags, and when to ask again.
 *
 * <p>Thread: cluster thread. Source: Envoy's documentation of health checking.
 */
public final class HealthState {
    private final HealthCheckConfig config;
    private final Host host;
    private int healthyRow;
    private int unhealthyRow;
    private boolean first = true;
    private boolean pending;

    /** What a probe's outcome changed. */
    public enum Transition {
        UNCHANGED,
        CHANGED,
        /** On the way to a change: thresholds are not reached yet. */
        PENDING
    }

    /** How a probe failed. */
    public enum Failure {
        /** The host answered, and the answer was bad. */
        ACTIVE,
        NETWORK,
        NETWORK_TIMEOUT
    }

    public HealthState(HealthCheckConfig config, Host host) {
        this.config = config;
        this.host = host;
    }

    /** True until the first outcome. */
    public boolean first() {
        return first;
    }

    public Transition onSuccess(boolean degraded) {
        unhealthyRow = 0;
        Transition transition = Transition.UNCHANGED;
        if (host.has(HealthFlag.FAILED_ACTIVE_HC)) {
            // The first success counts at once: a new host shall not wait for the whole threshold.
            if (first || ++healthyRow >= config.healthyThreshold()) {
                host.set(HealthFlag.FAILED_ACTIVE_HC, false);
                healthyRow = 0;
                transition = Transition.CHANGED;
            } else {
                transition = Transition.PENDING;
            }
        }
        host.set(HealthFlag.ACTIVE_HC_TIMEOUT, false);
        if (host.set(HealthFlag.DEGRADED_ACTIVE_HC, degraded)) {
            transition = Transition.CHANGED;
        }
        return done(transition);
    }

    /** {@code retriable}: the answer was bad, but of a kind that counts toward the threshold only. */
    public Transition onFailure(Failure failure, boolean retriable) {
        healthyRow = 0;
        Transition transition = Transition.UNCHANGED;
        host.set(HealthFlag.ACTIVE_HC_TIMEOUT, failure == Failure.NETWORK_TIMEOUT);
        if (!host.has(HealthFlag.FAILED_ACTIVE_HC)) {
            boolean atOnce = failure == Failure.ACTIVE && !retriable;
            if (atOnce || ++unhealthyRow >= config.unhealthyThreshold()) {
                host.set(HealthFlag.FAILED_ACTIVE_HC, true);
                unhealthyRow = 0;
                transition = Transition.CHANGED;
            } else {
                transition = Transition.PENDING;
            }
        }
        return done(transition);
    }

    private Transition done(Transition transition) {
        first = false;
        pending = transition == Transition.PENDING;
        return host.set(HealthFlag.PENDING_ACTIVE_HC, false) ? Transition.CHANGED : transition;
    }

    /** Milliseconds until the next probe. {@code used}: the cluster has had a connection for a request. */
    public long nextMillis(boolean used, RandomGenerator random) {
        HealthCheckConfig.Intervals intervals = config.intervals();
        boolean healthy = host.health() != Host.Health.UNHEALTHY;
        long base;
        if (!used) {
            base = healthy ? intervals.noTrafficHealthy() : intervals.noTraffic();
        } else if (healthy) {
            base = pending ? intervals.unhealthyEdge() : intervals.normal();
        } else {
            base = pending ? intervals.healthyEdge() : intervals.unhealthy();
        }
        long jitter = intervals.jitterPercent() > 0 && base > 0
                ? random.nextLong(base * intervals.jitterPercent() / 100 + 1)
                : 0;
        jitter += intervals.jitter() > 0 ? random.nextLong(intervals.jitter()) : 0;
        return Math.max(1, base + jitter);
    }
}
