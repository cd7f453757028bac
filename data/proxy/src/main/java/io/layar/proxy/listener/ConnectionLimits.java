package io.layar.proxy.listener;

import io.layar.proxy.network.Services;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/** How many connections are let in, by listener and in all. Thread: any. */
public final class ConnectionLimits {
    static final InetAddress ANY_V4 = InetAddress.ofLiteral("0.0.0.0");
    static final InetAddress ANY_V6 = InetAddress.ofLiteral("::");

    private final Services services;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong overloadLimit = new AtomicLong(Long.MAX_VALUE);

    ConnectionLimits(Services services) {
        this.services = services;
        services.provide(ConnectionLimits.class, this);
    }

    /** Sets the limit of the overload manager's global downstream connections monitor. */
    public void overloadLimit(long limit) {
        overloadLimit.set(limit);
    }

    boolean admit(ListenerConfig config) {
        long limit = services.runtime().integer(config.limitKey(), Long.MAX_VALUE);
        if (config.open().get() >= limit) {
            config.stats().overflow().inc();
            return false;
        }
        long global = Math.min(
                overloadLimit.get(),
                services.runtime().integer("overload.global_downstream_max_connections", Long.MAX_VALUE));
        if (!config.ignoreGlobalLimit() && open.get() >= global) {
            config.stats().globalOverflow().inc();
            return false;
        }
        open.incrementAndGet();
        config.open().incrementAndGet();
        return true;
    }

    void left(ListenerConfig config) {
        open.decrementAndGet();
        config.open().decrementAndGet();
    }
}
