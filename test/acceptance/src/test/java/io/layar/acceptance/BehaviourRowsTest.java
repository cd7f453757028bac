package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded behaviour of real Envoy, row by row, against our proxy: what clients and upstreams see, and what the access log says.
 * Each category is one run of the replaying tool; the whole takes two to four minutes on a machine with nothing else to do.
 */
class BehaviourRowsTest {
    private static final Path TOOL = LayarProcess.SHARED.resolve("tools/behaviour-run");
    private static final Path ROWS = LayarProcess.SHARED.resolve("golden/envoy-behaviour/rows");
    private static final int JOBS = Math.clamp(Runtime.getRuntime().availableProcessors() + 1, 2, 6);
    private static final long LIMIT_SECONDS = 900;

    /** Every category of the rows whose filters the proxy has. */
    private static final List<String> CATEGORIES = List.of(
            "access-log",
            "circuit-breaker",
            "cors",
            "fault",
            "headers",
            "http1",
            "load-balancing",
            "local-reply",
            "misc",
            "outlier",
            "path",
            "rate-limit",
            "retry",
            "routing",
            "tcp",
            "timeout",
            "tls",
            "upstream-failure");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyRowIsAnsweredAsEnvoyAnswersIt() throws Exception {
        assumeTrue(Peers.onPath("python3") != null, "no python3 on the PATH");
        assumeTrue(Files.isRegularFile(TOOL) && Files.isDirectory(ROWS), "no recorded behaviour beside the sources");
        StringBuilder wrong = new StringBuilder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        for (String category : CATEGORIES) {
            Path report = folder.resolve(category + ".txt");
            boolean right = run(category, report, end);
            String text = Files.readString(report).strip();
            System.out.println(text);
            if (!right) {
                wrong.append(category).append(":\n").append(text).append('\n');
            }
        }
        assertThat(wrong.toString()).isEmpty();
    }

    /** Replays one category; true when all its rows are right. */
    private static boolean run(String category, Path report, long end) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(
                        "python3",
                        TOOL.toString(),
                        ROWS.toString(),
                        "--proxy",
                        LayarProcess.ROOT.resolve("layar") + " proxy",
                        "--category",
                        category,
                        "--jobs",
                        String.valueOf(JOBS),
                        "--diff",
                        "20")
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        if (!run.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            run.destroy();
            run.waitFor(20, TimeUnit.SECONDS);
            Files.writeString(report, Files.readString(report) + "\nnot done within " + LIMIT_SECONDS + " s");
            return false;
        }
        return run.exitValue() == 0;
    }
}
