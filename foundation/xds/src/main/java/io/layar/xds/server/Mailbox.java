package io.layar.xds.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time and in order, without a thread of its own.
 *
 * <p>Thread: any. A task sees what earlier tasks wrote.
 */
final class Mailbox {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Executor executor;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** Runs the task later on the executor. */
    void submit(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    /** Runs a short task here and now if nothing else is running or waiting, else later. */
    void submitOrRun(Runnable task) {
        if (!pending.compareAndSet(0, 1)) {
            submit(task);
            return;
        }
        try {
            task.run();
        } finally {
            if (pending.decrementAndGet() != 0) {
                executor.execute(this::drain);
            }
        }
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } while (pending.decrementAndGet() != 0);
    }
}
