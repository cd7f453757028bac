package io.layar.sources.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls when something in some folders may have changed.
 *
 * <p>Order: a burst of notifications is one call, after {@value #SETTLE_MILLIS} ms of quiet or {@value #MOST_SETTLES}
 * notifications, so that a file is not read while it is being written. Without any notification there is a call every
 * {@code rescan}. Thread: one of its own.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final int SETTLE_MILLIS = 25;
    private static final int MOST_SETTLES = 8;

    private final WatchService service;
    private final Duration rescan;
    private final Consumer<Set<Path>> look;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Thread thread;

    FileWatch(Duration rescan, Consumer<Set<Path>> look) throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
        this.rescan = rescan;
        this.look = look;
        this.thread = Thread.ofPlatform().daemon().name("layar-files").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Watches exactly these folders from now on. */
    void folders(Set<Path> folders) {
        synchronized (keys) {
            keys.entrySet().removeIf(entry -> {
                boolean stays =
                        folders.contains(entry.getKey()) && entry.getValue().isValid();
                if (!stays) {
                    entry.getValue().cancel();
                }
                return !stays;
            });
            folders.forEach(folder -> keys.computeIfAbsent(folder, this::register));
        }
    }

    /** A folder that cannot be watched is still looked at every so often. */
    private @Nullable WatchKey register(Path folder) {
        try {
            return folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        } catch (IOException unwatchable) {
            LOG.atDebug().addKeyValue("error", unwatchable).log("folder cannot be watched");
            return null;
        } catch (ClosedWatchServiceException closed) {
            return null;
        }
    }

    private void run() {
        try {
            while (true) {
                look(next());
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("stopped watching files");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Set<Path> suspects) {
        try {
            look.accept(suspects);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("files could not be taken over; the last state goes on");
        }
    }

    /** The paths of the next burst of notifications, none after the rescan time. */
    private Set<Path> next() throws InterruptedException {
        var suspects = new HashSet<Path>();
        var key = service.poll(rescan.toMillis(), TimeUnit.MILLISECONDS);
        for (int i = 0; key != null && i < MOST_SETTLES; i++) {
            drain(key, suspects);
            key = service.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            drain(key, suspects);
        }
        return suspects;
    }

    private static void drain(WatchKey key, Set<Path> suspects) {
        var folder = (Path) key.watchable();
        for (var event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                suspects.add(folder.resolve(name));
            }
        }
        key.reset();
    }

    @Override
    public void close() {
        try {
            service.close();
            if (Thread.currentThread() != thread) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (IOException failed) {
            LOG.atWarn().addKeyValue("error", failed).log("file notifications could not be closed");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
