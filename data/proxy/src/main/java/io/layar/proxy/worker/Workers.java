package io.layar.proxy.worker;

import java.util.List;
import java.util.function.Consumer;

/** All workers of the process. Thread: any (immutable). */
public record Workers(List<Worker> all) {
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
