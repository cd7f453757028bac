package io.layar.cli.mesh;

import io.layar.cli.ExitCode;
import io.layar.local.MeshView;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layar logs POD}: what a pod's containers, or its proxy, wrote. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Print what the containers of a pod wrote; -c istio-proxy for its proxy.",
        footer = {"", "Example: layar logs reviews-v1 -f"})
public final class LogsCommand implements Callable<Integer> {
    private static final long LOOK_AGAIN_NANOS = 200_000_000;

    @Parameters(paramLabel = "POD", description = "A pod's name, or the beginning of it.")
    private String pod = "";

    @Option(
            names = {"-c", "--container"},
            description = "istio-proxy for the proxy's log.")
    private @Nullable String container;

    @Option(
            names = {"-n", "--namespace"},
            description = "The pod's namespace.")
    private @Nullable String namespace;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is written.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        return MeshCommands.withMesh("logs", mesh -> {
            MeshView.PodView view = MeshCommands.pod(mesh, pod, namespace);
            boolean proxy = "istio-proxy".equals(container) || !Files.exists(Path.of(view.log()));
            print(Path.of(proxy && !view.proxyLog().isEmpty() ? view.proxyLog() : view.log()));
            return ExitCode.DONE;
        });
    }

    private void print(Path log) throws IOException {
        long from = 0;
        do {
            if (Files.exists(log)) {
                from = copy(log, from);
            }
            if (follow) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        } while (follow);
    }

    private static long copy(Path log, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] chunk = new byte[8192];
            for (int read = file.read(chunk); read > 0; read = file.read(chunk)) {
                System.out.write(chunk, 0, read);
                from += read;
            }
            System.out.flush();
        }
        return from;
    }
}
