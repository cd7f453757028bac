package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** Rows that need a filter which this proxy refuses by name so far: compressor, HTTP rbac, network local_ratelimit. */
    private static final Set<String> WAITING_FOR_A_FILTER =
            Set.of("mi-no-compression-small", "tl-rbac-principal", "rl-network-connection");

    @Test
    void everyRowIsAnsweredAsEnvoyAnswersIt() throws Exception {
        assumeTrue(Peers.onPath("python3") != null, "no python3 on the PATH");
        assumeTrue(Files.isRegularFile(TOOL) && Files.isDirectory(ROWS), "no recorded behaviour beside the sources");
        Path report = folder.resolve("report.txt");
        Path results = folder.resolve("results.json");
        run(report, results);
        String text = Files.readString(report).strip();
        System.out.println(text);
        Set<String> wrong = new TreeSet<>();
        JsonNode rows = new ObjectMapper().readTree(results.toFile()).get("rows");
        rows.properties().forEach(row -> {
            if (!row.getValue().get("right").asBoolean()) {
                wrong.add(row.getKey());
            }
        });
        // A row that waits and has become right has to leave the list.
        assertThat(wrong).as(text).isEqualTo(new TreeSet<>(WAITING_FOR_A_FILTER));
    }

    private static void run(Path report, Path results) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "python3", TOOL.toString(), ROWS.toString(), "--proxy", LayarProcess.ROOT.resolve("layar") + " proxy"));
        CATEGORIES.forEach(category -> command.addAll(List.of("--category", category)));
        command.addAll(List.of("--jobs", "2", "--diff", "20", "--json", results.toString()));
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        if (!run.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            run.destroy();
            run.waitFor(20, TimeUnit.SECONDS);
            throw new AssertionError("not done within " + LIMIT_SECONDS + " s: " + Files.readString(report));
        }
    }
}
