package io.layar.discovery.push;

import io.layar.config.ConfigDelta;
import io.layar.discovery.metrics.DiscoveryMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the state of the mesh: gathers changes until it is quiet, applies them as one, and announces the new era.
 *
 * <p>Units: {@code after} is the quiet time that ends a batch, {@code most} the longest that a batch may grow. Thread: changes
 * from any thread; the state is only replaced on the loop's own.
 */
public final class PushLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushLoop.class);

    private final Debounce debounce;
    private final Consumer<Era> announce;
    private final DiscoveryMetrics metrics;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile Era era;
    private volatile boolean closed;
    private long pushes;

    /** Quiet time that ends a batch of changes, and the longest that a batch may take. */
    public record Debounce(Duration after, Duration most) {}

    /** A change, when it came and why. */
    private record Event(ConfigDelta delta, @Nullable UnaryOperator<MeshState> whole, String reason, long nanos) {}

    public PushLoop(Era first, Debounce debounce, DiscoveryMetrics metrics, Consumer<Era> announce) {
        this.era = first;
        this.debounce = debounce;
        this.metrics = metrics;
        this.announce = announce;
        this.thread = Thread.ofPlatform().daemon().name("push-loop").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** What proxies are offered now. */
    public Era era() {
        return era;
    }

    /** Objects were added, changed or removed. */
    public void submit(ConfigDelta delta) {
        if (!delta.isEmpty()) {
            events.add(new Event(delta, null, "config", System.nanoTime()));
        }
    }

    /** Something that everything depends on was changed: mesh configuration, networks. */
    public void submit(UnaryOperator<MeshState> whole, String reason) {
        events.add(new Event(ConfigDelta.NONE, whole, reason, System.nanoTime()));
    }

    private void run() {
        try {
            while (!closed) {
                apply(batch());
            }
        } catch (InterruptedException e) {
            if (!closed) {
                LOG.atError().setCause(e).log("push loop was interrupted");
            }
        }
    }

    private List<Event> batch() throws InterruptedException {
        List<Event> batch = new ArrayList<>();
        Event first = events.take();
        batch.add(first);
        long end = first.nanos() + debounce.most().toNanos();
        while (true) {
            long wait = Math.min(debounce.after().toNanos(), end - System.nanoTime());
            Event next = wait <= 0 ? events.poll() : events.poll(wait, TimeUnit.NANOSECONDS);
            if (next == null || System.nanoTime() > end) {
                if (next != null) {
                    batch.add(next);
                }
                return batch;
            }
            batch.add(next);
        }
    }

    private void apply(List<Event> batch) {
        long start = System.nanoTime();
        MeshState state = era.state();
        ConfigDelta delta = ConfigDelta.NONE;
        try {
            for (Event event : batch) {
                delta = delta.then(event.delta());
                UnaryOperator<MeshState> whole = event.whole();
                if (whole != null) {
                    state = whole.apply(state);
                }
                metrics.trigger(event.reason());
            }
            state = state.apply(delta);
        } catch (RuntimeException e) {
            // One object that cannot be used must not end pushes for all others.
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("changed", delta.updated().size())
                    .log("change could not be applied");
            metrics.internalError();
            return;
        }
        long arrived = batch.getFirst().nanos();
        pushes++;
        Era next = era.next(state, Long.toString(pushes), arrived);
        metrics.applied(next, System.nanoTime() - start, System.nanoTime() - arrived);
        era = next;
        announce.accept(next);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
