package io.layar.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A running {@code ./layar …}; its output goes to a file. Closing ends it politely and waits. */
final class LayarProcess implements AutoCloseable {
    static final Path ROOT =
            Path.of(System.getProperty("layar.root", "../..")).toAbsolutePath().normalize();
    static final Path SHARED = Path.of(System.getProperty("layar.shared", "../../../shared"))
            .toAbsolutePath()
            .normalize();

    private static final Duration END = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private LayarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The result of a command that ran to its end. */
    record Result(int exitCode, String out) {}

    static LayarProcess start(Path folder, Map<String, String> environment, List<String> prefix, String... arguments)
            throws IOException {
        Path output = Files.createTempFile(folder, "layar", ".out");
        ProcessBuilder builder = new ProcessBuilder(command(prefix, arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(output.toFile());
        builder.directory(ROOT.toFile());
        return new LayarProcess(builder.start(), output);
    }

    static Result run(Map<String, String> environment, List<String> prefix, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(prefix, arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.directory(ROOT.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end of " + String.join(" ", arguments) + ": " + out);
        }
        return new Result(process.exitValue(), out);
    }

    private static List<String> command(List<String> prefix, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(ROOT.resolve("layar").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits until {@code text} is in the output; fails with the whole output when the process ends first or time runs out. */
    void awaitOutput(String text, Duration patience) {
        Awaitility.await(text)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .failFast("the process ended", () -> !process.isAlive() && !output().contains(text))
                .until(() -> output().contains(text));
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, and waits for its exit code. */
    int end() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("it does not end: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
