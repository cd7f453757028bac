package io.layar.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a mesh, on disk: what a crash leaves behind can be found and ended by the next {@code up} or {@code down}.
 * Shape: a line "pid start-time name"; the start time keeps a process number that was given anew from being hit.
 * Thread: any (every method holds the ledger's lock).
 */
public final class ProcessLedger {
    private static final long GRACE_MILLIS = 3_000;

    private final Path file;
    private final Map<Long, String> lines = new LinkedHashMap<>();
    private final Object lock = new Object();

    public ProcessLedger(Path file) {
        this.file = file;
    }

    /** Notes a running process. */
    public void add(ProcessHandle process, String name) {
        synchronized (lock) {
            lines.put(process.pid(), process.pid() + " " + startOf(process) + " " + name);
            write();
        }
    }

    public void remove(ProcessHandle process) {
        synchronized (lock) {
            if (lines.remove(process.pid()) != null) {
                write();
            }
        }
    }

    /** Ends every process that an earlier mesh noted and that still runs: politely first, then by force. */
    public static void endAll(Path file) {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", 3);
                if (parts.length == 3) {
                    ProcessHandle.of(Long.parseLong(parts[0]))
                            .filter(process -> String.valueOf(startOf(process)).equals(parts[1]))
                            .ifPresent(ProcessLedger::end);
                }
            }
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends one process with all that it started: SIGTERM, three seconds, SIGKILL. */
    public static void end(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (Exception stillRunning) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, lines.values());
            Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
