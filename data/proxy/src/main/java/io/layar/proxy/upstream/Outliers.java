package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.outlier.EjectionType;
import io.layar.proxy.core.outlier.MonitoredHost;
import io.layar.proxy.core.outlier.OutlierConfig;
import io.layar.proxy.core.outlier.OutlierDetector;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Outlier detection of one cluster on the main loop. Thread: main loop. */
final class Outliers implements OutlierDetector.Listener {
    private final OutlierDetector detector;
    private final ClusterEntry cluster;
    private final ClusterManager manager;
    private final Worker main;
    private final Timer timer;
    private final long intervalMillis;
    private boolean started;

    Outliers(OutlierConfig config, ClusterEntry cluster, ClusterManager manager) {
        this.cluster = cluster;
        this.manager = manager;
        this.main = manager.services().workers().main();
        this.intervalMillis = config.intervalMillis();
        this.detector = new OutlierDetector(config, cluster.runtime().scope(), new SplittableRandom(), this);
        this.timer = main.timer(this::onInterval);
    }

    MonitoredHost newState() {
        return detector.newState((host, type) -> main.execute(() -> detector.onReached(host, type, System.nanoTime())));
    }

    void add(Host host) {
        detector.add(host);
        if (!started) {
            started = true;
            timer.arm(intervalMillis);
        }
    }

    void remove(Host host) {
        detector.remove(host);
    }

    void onHealthCheckSuccess(Host host) {
        detector.onHealthCheckSuccess(host, System.nanoTime());
    }

    private void onInterval() {
        detector.onInterval(System.nanoTime());
        timer.arm(intervalMillis);
    }

    @Override
    public void onChange(Host host) {
        cluster.onHealthChange(host);
    }

    @Override
    public void log(
            Host host, @Nullable EjectionType type, boolean enforced, long ejections, long secondsSinceLastAction) {
        manager.events()
                .outlier(cluster.runtime().config().name(), host, type, enforced, ejections, secondsSinceLastAction);
    }

    void close() {
        timer.disarm();
    }
}
