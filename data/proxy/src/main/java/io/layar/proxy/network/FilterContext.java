package io.layar.proxy.network;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import io.layar.proxy.worker.Workers;
import java.util.function.BooleanSupplier;

/**
 * What a filter's compiler may know of its surroundings.
 *
 * <p>Shape: {@code listener} is the listener's name, {@code statPrefix} of its stats {@code listener.0.0.0.0_80.}; {@code draining} is asked at
 * run time: true while the listener or the process drains, or the health check was failed by hand.
 * Thread: any.
 */
public record FilterContext(
        Services services,
        String listener,
        String listenerStatPrefix,
        TrafficDirection direction,
        BooleanSupplier draining,
        InitTargets init) {

    public StatsStore stats() {
        return services.stats();
    }

    public RuntimeValues runtime() {
        return services.runtime();
    }

    public Workers workers() {
        return services.workers();
    }
}
