package io.layar.proxy.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Timers of one event loop. Thread: that loop. */
public final class Timers {
    private final EventLoop loop;

    public Timers(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs {@code task} once after {@code millis}. */
    public Timer schedule(long millis, Runnable task) {
        Future<?> future = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** A task that waits. */
    public interface Timer {
        /** The task will not run. Harmless when it has run. */
        void cancel();
    }
}
