package io.layar.proxy.worker;

import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One event loop and what belongs to it alone: timers, and per-loop state of others (pools, balancers).
 *
 * <p>Thread: its event loop only, except {@link #execute} and {@link #index}.
 */
public final class Worker {
    private final int index;
    private final EventLoop loop;
    private final SocketTypes sockets;
    private final TimerWheel timers;
    private final Map<Object, Object> locals = new IdentityHashMap<>();

    public Worker(int index, EventLoop loop, SocketTypes sockets) {
        this.index = index;
        this.loop = loop;
        this.sockets = sockets;
        this.timers = new TimerWheel(loop);
    }

    /** Position among the workers, from 0. */
    public int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Channel classes that fit this loop (epoll or NIO). */
    public SocketTypes sockets() {
        return sockets;
    }

    /** A timer of this loop, not armed yet. */
    public Timer timer(Runnable task) {
        return timers.timer(task);
    }

    /** Runs {@code task} on the loop. Thread: any. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** State that another package keeps once per worker, made on first use. {@code key} is compared by identity. */
    @SuppressWarnings("unchecked")
    public <T> T local(Object key, Function<Worker, T> make) {
        Object known = locals.get(key);
        if (known == null) {
            known = make.apply(this);
            locals.put(key, known);
        }
        return (T) known;
    }

    /** Forgets the state of {@code key}. */
    public void dropLocal(Object key) {
        locals.remove(key);
    }
}
