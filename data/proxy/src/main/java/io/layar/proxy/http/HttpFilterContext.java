package io.layar.proxy.http;

import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import io.layar.proxy.network.FilterContext;
import io.layar.proxy.network.Services;

/**
 * What the compilation of a filter may draw on.
 *
 * @param statPrefix prefix of counters of this connection manager, such as {@code http.ingress.}
 * @param listener the listener's surroundings
 */
public record HttpFilterContext(String statPrefix, FilterContext listener) {
    public Services services() {
        return listener.services();
    }

    public StatsStore stats() {
        return listener.stats();
    }

    public RuntimeValues runtime() {
        return listener.runtime();
    }
}
