package io.layar.proxy.http;

import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseSender;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on a client that does not take the rest of a complete answer: as long as bytes leave, it waits on.
 * Thread: event loop of the stream.
 */
final class FlushWatch {
    private final ResponseSender sender;
    private final HcmStats stats;
    private final long limit;
    private @Nullable Timer timer;
    private int left;

    private FlushWatch(ResponseSender sender, HcmStats stats, long limit) {
        this.sender = sender;
        this.stats = stats;
        this.limit = limit;
    }

    /** Watches when something is left to be sent. Units: {@code limit} in milliseconds, 0 = without limit. */
    static void start(ResponseSender sender, HcmStats stats, Worker worker, long limit) {
        int left = sender.unsentBytes();
        if (left > 0 && limit > 0) {
            FlushWatch watch = new FlushWatch(sender, stats, limit);
            watch.left = left;
            Timer timer = worker.timer(watch::look);
            watch.timer = timer;
            timer.arm(limit);
        }
    }

    private void look() {
        int now = sender.unsentBytes();
        if (now == 0) {
            return;
        }
        if (now < left && timer != null) {
            left = now;
            timer.arm(limit);
            return;
        }
        stats.flushTimeouts.inc();
        sender.reset(ResetReason.LOCAL_RESET);
    }
}
