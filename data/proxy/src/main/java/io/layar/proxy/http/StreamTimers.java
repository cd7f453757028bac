package io.layar.proxy.http;

import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one stream. The idle clock is not wound at each byte: when it strikes, it looks when the last byte was and winds
 * itself for the rest. Thread: event loop of the stream.
 */
final class StreamTimers {
    private final HttpStream stream;
    private final Worker worker;
    private final HcmConfig.Timeouts limits;
    private @Nullable Timer idle;
    private @Nullable Timer request;
    private @Nullable Timer duration;
    private long idleMillis;
    private long lastActivity;

    StreamTimers(HttpStream stream, Worker worker, HcmConfig.Timeouts limits) {
        this.stream = stream;
        this.worker = worker;
        this.limits = limits;
    }

    void onBegin() {
        setIdle(limits.streamIdle());
        if (limits.request() > 0) {
            request = worker.timer(stream::onRequestTimeout);
            request.arm(limits.request());
        }
        if (limits.maxStreamDuration() > 0) {
            setMaxDuration(limits.maxStreamDuration());
        }
    }

    void onHeaders() {
        onActivity();
    }

    void onRequestEnd() {
        if (request != null) {
            request.disarm();
        }
    }

    void onActivity() {
        if (idleMillis > 0) {
            lastActivity = System.nanoTime();
        }
    }

    void setIdle(long millis) {
        if (millis == idleMillis) {
            return;
        }
        idleMillis = millis;
        if (millis <= 0) {
            if (idle != null) {
                idle.disarm();
            }
            return;
        }
        lastActivity = System.nanoTime();
        if (idle == null) {
            idle = worker.timer(this::onIdle);
        }
        idle.arm(millis);
    }

    private void onIdle() {
        long left = idleMillis - (System.nanoTime() - lastActivity) / 1_000_000;
        if (left > 0 && idle != null) {
            idle.arm(left);
        } else {
            stream.onIdleTimeout();
        }
    }

    void setMaxDuration(long millis) {
        if (duration != null) {
            duration.disarm();
            duration = null;
        }
        if (millis > 0) {
            duration = worker.timer(stream::onMaxDuration);
            long passed = (System.nanoTime() - stream.info().startNanos()) / 1_000_000;
            duration.arm(Math.max(0, millis - passed));
        }
    }

    void disarm() {
        if (idle != null) {
            idle.disarm();
        }
        if (request != null) {
            request.disarm();
        }
        if (duration != null) {
            duration.disarm();
        }
    }
}
