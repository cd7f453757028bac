package io.layar.proxy.worker;

import java.util.List;
import java.util.function.Consumer;

/**
 * All workers of the process, and the main loop, which takes no traffic: configuration, admin, xDS and health checks live there.
 *
 * <p>Shape: {@code main} has index -1 and is not in {@code all}. Thread: any (immutable).
 */
public record Workers(Worker main, List<Worker> all) {
    public int size() {
        return all.size();
    }

    /** Runs {@code task} once on every worker's loop. */
    public void onEach(Consumer<Worker> task) {
        for (Worker worker : all) {
            worker.execute(() -> task.accept(worker));
        }
    }
}
