package io.layar.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process that is started again when it ends, with a growing pause between starts, as a kubelet does.
 * Its output is appended to a log file. Thread: any (state under its own lock).
 */
public final class SupervisedProcess {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A process that lived for so long starts again without a pause to speak of. */
    private static final Duration STEADY = Duration.ofSeconds(20);

    /** What to run: {@code environment} is the whole environment. */
    public record Spec(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {}

    private final Spec spec;
    private final ProcessLedger ledger;
    private final ScheduledExecutorService timers;
    private final Object lock = new Object();

    private @Nullable Process process;
    private boolean stopped;
    private int restarts;
    private Duration pause = FIRST_PAUSE;
    private long startedNanos;

    public SupervisedProcess(Spec spec, ProcessLedger ledger, ScheduledExecutorService timers) {
        this.spec = spec;
        this.ledger = ledger;
        this.timers = timers;
    }

    public void start() {
        synchronized (lock) {
            if (stopped || process != null) {
                return;
            }
            try {
                process = launch();
            } catch (IOException e) {
                note("cannot start: " + e.getMessage());
                restartLater();
                return;
            }
            startedNanos = System.nanoTime();
            ledger.add(process.toHandle(), spec.name());
            Process started = process;
            started.onExit().thenAccept(this::ended);
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(spec.command());
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.directory(spec.directory().toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        return builder.start();
    }

    private void ended(Process ended) {
        synchronized (lock) {
            ledger.remove(ended.toHandle());
            if (process == ended) {
                process = null;
            }
            if (!stopped) {
                note("ended with code " + ended.exitValue() + ", starts again");
                restartLater();
            }
        }
    }

    private void restartLater() {
        if (System.nanoTime() - startedNanos > STEADY.toNanos()) {
            pause = FIRST_PAUSE;
        }
        restarts++;
        timers.schedule(this::start, pause.toMillis(), TimeUnit.MILLISECONDS);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** Ends the process for good: SIGTERM, then SIGKILL for what stays. Blocks until it is gone. */
    public void stop() {
        Process running;
        synchronized (lock) {
            stopped = true;
            running = process;
        }
        if (running != null) {
            ProcessLedger.end(running.toHandle());
            ledger.remove(running.toHandle());
        }
    }

    public boolean isRunning() {
        synchronized (lock) {
            return process != null && process.isAlive();
        }
    }

    public int restarts() {
        synchronized (lock) {
            return restarts;
        }
    }

    public Spec spec() {
        return spec;
    }

    private void note(String text) {
        try {
            Files.writeString(
                    spec.log(),
                    "layar: " + spec.name() + " " + text + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.getLogger(SupervisedProcess.class.getName())
                    .log(System.Logger.Level.WARNING, spec.name() + " " + text);
        }
    }
}
