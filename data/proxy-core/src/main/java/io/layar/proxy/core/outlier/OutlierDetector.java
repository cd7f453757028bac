package io.layar.proxy.core.outlier;

import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.stats.StatsScope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ejects hosts that fail too often, and takes them back after a while that grows with each ejection.
 *
 * <p>Units: {@code nowNanos} as {@link System#nanoTime}. Thread: cluster thread.
 * Source: Envoy's documentation of outlier detection.
 */
public final class OutlierDetector {
    private final OutlierConfig config;
    private final OutlierStats stats;
    private final RandomGenerator random;
    private final Listener listener;
    private final Map<Host, MonitoredHost> hosts = new IdentityHashMap<>();
    private int active;

    /** What happens to hosts. */
    public interface Listener {
        /** The host's flag was set or cleared. */
        void onChange(Host host);

        /** For the log. {@code type} is null when a host comes back. */
        void log(Host host, @Nullable EjectionType type, boolean enforced, long ejections, long secondsSinceLastAction);
    }

    public OutlierDetector(OutlierConfig config, StatsScope scope, RandomGenerator random, Listener listener) {
        this.config = config;
        this.stats = new OutlierStats(scope);
        this.random = random;
        this.listener = listener;
    }

    /** State for a new host. {@code whenReached} is called by workers: it should get {@link #onReached} called on the cluster thread. */
    public MonitoredHost newState(BiConsumer<MonitoredHost, EjectionType> whenReached) {
        return new MonitoredHost(config, whenReached);
    }

    public void add(Host host) {
        if (host.outlier() instanceof MonitoredHost monitored) {
            monitored.host = host;
            hosts.put(host, monitored);
        }
    }

    public void remove(Host host) {
        if (hosts.remove(host) != null && host.has(HealthFlag.FAILED_OUTLIER_CHECK)) {
            ejectedCount(-1);
        }
    }

    private void ejectedCount(int by) {
        active += by;
        stats.active.set(active);
    }

    /** A count of consecutive failures reached its limit. */
    public void onReached(MonitoredHost monitored, EjectionType type, long nowNanos) {
        Host host = monitored.host;
        if (host == null || !hosts.containsKey(host) || host.has(HealthFlag.FAILED_OUTLIER_CHECK)) {
            return;
        }
        stats.detected(type);
        eject(host, monitored, type, nowNanos);
        monitored.reset(type);
    }

    private void eject(Host host, MonitoredHost monitored, EjectionType type, long nowNanos) {
        double percent = 100.0 * (active + 1) / hosts.size();
        boolean allowed = percent <= config.maxEjectionPercent() || (config.alwaysEjectOneHost() && active == 0);
        if (!allowed) {
            stats.overflow();
            return;
        }
        if (type == EjectionType.CONSECUTIVE_5XX || type == EjectionType.SUCCESS_RATE) {
            stats.total();
        }
        long since = secondsSince(monitored, nowNanos);
        boolean enforced = random.nextInt(100) < enforcing(type);
        if (enforced) {
            ejectedCount(1);
            stats.enforced(type);
            host.set(HealthFlag.FAILED_OUTLIER_CHECK, true);
            monitored.ejectedAtNanos = nowNanos;
            monitored.ejections++;
            monitored.lastActionNanos = nowNanos;
            monitored.jitterMillis =
                    config.maxEjectionJitterMillis() > 0 ? random.nextLong(config.maxEjectionJitterMillis()) : 0;
            if (monitored.backoff * config.baseEjectionMillis()
                    < config.maxEjectionMillis() + config.baseEjectionMillis()) {
                monitored.backoff++;
            }
            listener.onChange(host);
        }
        listener.log(host, type, enforced, monitored.ejections, since);
    }

    private static long secondsSince(MonitoredHost monitored, long nowNanos) {
        return monitored.lastActionNanos < 0 ? -1 : (nowNanos - monitored.lastActionNanos) / 1_000_000_000;
    }

    private int enforcing(EjectionType type) {
        return switch (type) {
            case CONSECUTIVE_5XX -> config.fiveXx().enforcing();
            case CONSECUTIVE_GATEWAY_FAILURE -> config.gateway().enforcing();
            case CONSECUTIVE_LOCAL_ORIGIN_FAILURE -> config.localOrigin().enforcing();
            case SUCCESS_RATE -> config.successRate().enforcing();
            case SUCCESS_RATE_LOCAL_ORIGIN -> config.successRate().enforcingLocalOrigin();
            case FAILURE_PERCENTAGE -> config.failurePercentage().enforcing();
            case FAILURE_PERCENTAGE_LOCAL_ORIGIN -> config.failurePercentage().enforcingLocalOrigin();
        };
    }

    /** One interval is over: hosts come back whose time is up, and rates are looked at. */
    public void onInterval(long nowNanos) {
        for (Map.Entry<Host, MonitoredHost> entry : List.copyOf(hosts.entrySet())) {
            unejectIfDue(entry.getKey(), entry.getValue(), nowNanos);
            entry.getValue().external.roll();
            entry.getValue().local.roll();
        }
        rates(
                m -> m.external.percent,
                m -> m.external.volume,
                EjectionType.SUCCESS_RATE,
                EjectionType.FAILURE_PERCENTAGE,
                nowNanos);
        if (config.splitLocalOrigin()) {
            rates(
                    m -> m.local.percent,
                    m -> m.local.volume,
                    EjectionType.SUCCESS_RATE_LOCAL_ORIGIN,
                    EjectionType.FAILURE_PERCENTAGE_LOCAL_ORIGIN,
                    nowNanos);
        }
    }

    private void unejectIfDue(Host host, MonitoredHost monitored, long nowNanos) {
        if (!host.has(HealthFlag.FAILED_OUTLIER_CHECK)) {
            monitored.backoff = Math.max(0, monitored.backoff - 1);
            return;
        }
        long millis = Math.min(config.baseEjectionMillis() * monitored.backoff, config.maxEjectionMillis())
                + monitored.jitterMillis;
        if (nowNanos - monitored.ejectedAtNanos >= millis * 1_000_000) {
            uneject(host, monitored, nowNanos);
        }
    }

    private void uneject(Host host, MonitoredHost monitored, long nowNanos) {
        long since = secondsSince(monitored, nowNanos);
        ejectedCount(-1);
        host.set(HealthFlag.FAILED_OUTLIER_CHECK, false);
        monitored.resetAll();
        monitored.lastActionNanos = nowNanos;
        listener.onChange(host);
        listener.log(host, null, true, monitored.ejections, since);
    }

    /** An active health check found the host healthy. */
    public void onHealthCheckSuccess(Host host, long nowNanos) {
        MonitoredHost monitored = hosts.get(host);
        if (monitored != null && config.unejectOnHealthCheck() && host.has(HealthFlag.FAILED_OUTLIER_CHECK)) {
            uneject(host, monitored, nowNanos);
        }
    }

    private record Candidate(Host host, MonitoredHost monitored, double rate) {}

    private void rates(
            ToDoubleFunction<MonitoredHost> rate,
            java.util.function.ToLongFunction<MonitoredHost> volume,
            EjectionType byRate,
            EjectionType byPercentage,
            long nowNanos) {
        OutlierConfig.SuccessRate success = config.successRate();
        OutlierConfig.FailurePercentage failure = config.failurePercentage();
        List<Candidate> forRate = new ArrayList<>();
        List<Candidate> forPercentage = new ArrayList<>();
        hosts.forEach((host, monitored) -> {
            long requests = volume.applyAsLong(monitored);
            if (host.has(HealthFlag.FAILED_OUTLIER_CHECK) || requests == 0) {
                return;
            }
            Candidate candidate = new Candidate(host, monitored, rate.applyAsDouble(monitored));
            if (requests >= success.requestVolume()) {
                forRate.add(candidate);
            }
            if (requests >= failure.requestVolume()) {
                forPercentage.add(candidate);
            }
        });
        if (!forRate.isEmpty() && forRate.size() >= success.minimumHosts()) {
            double threshold = threshold(forRate, success.stdevFactor() / 1000.0);
            for (Candidate one : forRate) {
                if (one.rate < threshold) {
                    stats.detected(byRate);
                    eject(one.host, one.monitored, byRate, nowNanos);
                }
            }
        }
        if (!forPercentage.isEmpty() && forPercentage.size() >= failure.minimumHosts()) {
            for (Candidate one : forPercentage) {
                if (100.0 - one.rate >= failure.threshold() && !one.host.has(HealthFlag.FAILED_OUTLIER_CHECK)) {
                    stats.detected(byPercentage);
                    eject(one.host, one.monitored, byPercentage, nowNanos);
                }
            }
        }
    }

    private static double threshold(List<Candidate> candidates, double factor) {
        double sum = 0;
        for (Candidate one : candidates) {
            sum += one.rate;
        }
        double mean = sum / candidates.size();
        double squares = 0;
        for (Candidate one : candidates) {
            squares += (one.rate - mean) * (one.rate - mean);
        }
        return mean - factor * Math.sqrt(squares / candidates.size());
    }
}
