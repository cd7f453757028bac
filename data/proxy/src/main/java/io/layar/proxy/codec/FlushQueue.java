package io.layar.proxy.codec;

import java.util.ArrayList;
import java.util.concurrent.Executor;

/**
 * Gathers what must be flushed on one event loop, and does it once per turn of the loop, after all that was readable has been
 * handled. Thread: that loop.
 */
public final class FlushQueue implements Runnable {
    private final Executor loop;
    private ArrayList<Runnable> waiting = new ArrayList<>();
    private ArrayList<Runnable> spare = new ArrayList<>();
    private boolean scheduled;

    /** {@code loop} runs what it is given after the input of its present turn. */
    public FlushQueue(Executor loop) {
        this.loop = loop;
    }

    public void add(Runnable flush) {
        waiting.add(flush);
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        scheduled = false;
        ArrayList<Runnable> now = waiting;
        waiting = spare;
        spare = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).run();
        }
        now.clear();
    }
}
