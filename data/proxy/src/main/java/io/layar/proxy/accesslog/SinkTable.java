package io.layar.proxy.accesslog;

import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.worker.Timer;
import io.layar.proxy.worker.Worker;
import io.layar.proxy.worker.Workers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** All files that access logs are written to, each opened once. Thread: {@link #open} main loop, writing event loops. */
final class SinkTable {
    /** How many characters a worker gathers before it hands them over, and for how long at most. */
    private static final int FULL = 32 * 1024;

    private static final long FLUSH_MILLIS = 1_000;

    private final Map<String, FileSink> sinks = new ConcurrentHashMap<>();
    private final Workers workers;
    private final ExecutorService writer;

    SinkTable(Workers workers) {
        this.workers = workers;
        this.writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "access-log");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Errors: {@link ConfigRejected} when the file cannot be opened. */
    FileSink open(String path, String field) {
        FileSink known = sinks.get(path);
        if (known != null) {
            return known;
        }
        try {
            FileSink made = new FileSink(path, stream(path), writer);
            sinks.put(path, made);
            return made;
        } catch (IOException e) {
            throw new ConfigRejected(field, "unable to open file '" + path + "': " + e.getMessage());
        }
    }

    private static OutputStream stream(String path) throws IOException {
        return switch (path) {
            case "/dev/stdout" -> new FileOutputStream(FileDescriptor.out);
            case "/dev/stderr" -> new FileOutputStream(FileDescriptor.err);
            default -> new FileOutputStream(path, true);
        };
    }

    /** Where a worker gathers lines for {@code sink}. Thread: event loop of the worker. */
    StringBuilder lines(Worker worker, FileSink sink) {
        Gathered gathered = worker.local(sink, w -> new Gathered(w, sink));
        gathered.onLine();
        return gathered.text;
    }

    /** Hands over what all workers hold, and waits a little for it to be written. Thread: main. */
    void flush() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(workers.size());
        workers.onEach(worker -> {
            for (FileSink sink : sinks.values()) {
                worker.local(sink, w -> new Gathered(w, sink)).handOver();
            }
            done.countDown();
        });
        done.await(500, TimeUnit.MILLISECONDS);
        writer.shutdown();
        writer.awaitTermination(500, TimeUnit.MILLISECONDS);
    }

    /** Lines of one worker for one file. */
    private static final class Gathered {
        private final FileSink sink;
        private final StringBuilder text = new StringBuilder();
        private final Timer timer;

        Gathered(Worker worker, FileSink sink) {
            this.sink = sink;
            this.timer = worker.timer(this::handOver);
        }

        void onLine() {
            if (text.length() >= FULL) {
                handOver();
            }
            if (!timer.armed()) {
                timer.arm(FLUSH_MILLIS);
            }
        }

        void handOver() {
            if (!text.isEmpty()) {
                sink.write(text);
                text.setLength(0);
            }
        }
    }
}
