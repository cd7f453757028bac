package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mesh that {@code layar up} runs for one test, with a state folder of its own. */
final class RunningMesh implements AutoCloseable {
    private static final Pattern GATEWAY = Pattern.compile("gateway (http://[0-9.]+:\\d+)");

    private final LayarProcess process;
    private final Map<String, String> environment;
    private final List<String> prefix;
    private final Duration started;
    private final String gateway;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningMesh(
            LayarProcess process,
            Map<String, String> environment,
            List<String> prefix,
            Duration started,
            String gateway) {
        this.process = process;
        this.environment = environment;
        this.prefix = prefix;
        this.started = started;
        this.gateway = gateway;
    }

    /** Starts a mesh and waits until it says that it is ready. {@code prefix}: words before the launcher, such as another user. */
    static RunningMesh up(Path folder, List<String> prefix, String... arguments) throws IOException {
        Map<String, String> environment =
                Map.of("LAYAR_STATE_DIR", folder.resolve("state").toString());
        long begin = System.nanoTime();
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(List.of(arguments));
        LayarProcess process = LayarProcess.start(folder, environment, prefix, words.toArray(String[]::new));
        try {
            process.awaitOutput("mesh ready", Duration.ofSeconds(120));
            Duration started = Duration.ofNanos(System.nanoTime() - begin);
            Matcher url = GATEWAY.matcher(process.output());
            assertThat(url.find())
                    .as("a gateway's URL in: %s", process.output())
                    .isTrue();
            return new RunningMesh(process, environment, prefix, started, url.group(1));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    Duration started() {
        return started;
    }

    String gateway() {
        return gateway;
    }

    String output() {
        return process.output();
    }

    long pid() {
        return process.pid();
    }

    LayarProcess.Result command(String... arguments) throws IOException, InterruptedException {
        return LayarProcess.run(environment, prefix, arguments);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway + path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        try {
            command("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.close();
            http.close();
        }
    }
}
