package io.layar.proxy.http;

import io.layar.proxy.codec.FlushQueue;
import io.layar.proxy.worker.Worker;

/** What all connection managers of one worker share. Thread: event loop of the worker. */
public final class WorkerState {
    private static final Object KEY = WorkerState.class;

    private final FlushQueue flushes;
    private final RequestIds ids = new RequestIds();
    private final DateHeader date = new DateHeader();
    private long streams;
    private final int worker;

    private WorkerState(Worker worker) {
        this.flushes = new FlushQueue(worker.loop());
        this.worker = worker.index();
    }

    public static WorkerState of(Worker worker) {
        return worker.local(KEY, WorkerState::new);
    }

    /** Flushes all connections of the worker, down- and upstream, once per turn. */
    public FlushQueue flushes() {
        return flushes;
    }

    RequestIds ids() {
        return ids;
    }

    DateHeader date() {
        return date;
    }

    /** A number that is unique among the streams of this process. */
    long nextStreamId() {
        return streams++ << 8 | worker;
    }
}
