package io.layar.proxy.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log file. Lines are gathered per worker and written by a thread of their own, whole lines at a time, so that a slow disk
 * delays no request. Thread: any.
 */
final class FileSink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final OutputStream out;
    private final String path;
    private final Executor writer;
    private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();

    FileSink(String path, OutputStream out, Executor writer) {
        this.path = path;
        this.out = out;
        this.writer = writer;
    }

    /** Hands over whole lines of Latin-1 characters, one byte each. */
    void write(StringBuilder lines) {
        queue.add(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (queued.getAndIncrement() == 0) {
            writer.execute(this::drain);
        }
    }

    private void drain() {
        try {
            int done = 0;
            do {
                byte[] next = queue.poll();
                while (next != null) {
                    out.write(next);
                    done++;
                    next = queue.poll();
                }
                out.flush();
                int left = queued.addAndGet(-done);
                done = 0;
                if (left == 0) {
                    return;
                }
            } while (true);
        } catch (IOException e) {
            queued.set(0);
            LOG.atWarn()
                    .addKeyValue("path", path)
                    .addKeyValue("error", e.getMessage())
                    .log("access log not written");
        }
    }
}
