package io.layar.proxy.server;

import io.layar.proxy.core.config.ConfigRejected;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where the process stands in its life. Thread: any. */
public final class ServerState implements BooleanSupplier {
    private final Instant started = Instant.now();
    private volatile boolean live;
    private volatile boolean failed;
    private volatile boolean draining;
    private volatile @Nullable ConfigRejected failure;

    void live() {
        live = true;
    }

    void fail(ConfigRejected reason) {
        failure = reason;
    }

    @Nullable
    ConfigRejected failure() {
        return failure;
    }

    /** Set by hand through {@code /healthcheck/fail} and {@code /healthcheck/ok}. */
    public void healthCheckFailed(boolean value) {
        failed = value;
    }

    public boolean healthCheckFailed() {
        return failed;
    }

    /** The whole process drains. */
    public void drain() {
        draining = true;
    }

    /** {@code LIVE}, {@code DRAINING} or {@code INITIALIZING}. */
    public String name() {
        if (!live) {
            return "INITIALIZING";
        }
        return failed || draining ? "DRAINING" : "LIVE";
    }

    public Instant started() {
        return started;
    }

    /** True while responses should end their connections. */
    @Override
    public boolean getAsBoolean() {
        return failed;
    }
}
