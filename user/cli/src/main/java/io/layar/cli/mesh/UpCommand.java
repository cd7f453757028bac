package io.layar.cli.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.cli.ExitCode;
import io.layar.local.MeshSettings;
import io.layar.local.MeshStarter;
import io.layar.local.MeshView;
import io.layar.local.ProxyBinary;
import io.layar.local.api.MeshRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layar up}: a mesh on this machine from a folder of YAML. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Run a whole mesh on this machine from files and folders of YAML.",
        footer = {"", "Example: layar up samples/bookinfo"})
public final class UpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files and folders of YAML; watched while the mesh runs.")
    private List<Path> paths = List.of();

    @Option(
            names = "--capture",
            description = "auto, netns or none (default: ${DEFAULT-VALUE}).",
            defaultValue = "auto")
    private String capture = "auto";

    @Option(names = "--proxy", description = "layar or envoy (default: ${DEFAULT-VALUE}).", defaultValue = "layar")
    private String proxy = "layar";

    @Option(names = "--envoy-binary", paramLabel = "PATH", description = "The Envoy to run with --proxy=envoy.")
    private @Nullable Path envoyBinary;

    @Option(names = "--detach", description = "Return when the mesh is ready; layar down ends it.")
    private boolean detach;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> env = System.getenv();
        Path folder = StateFolder.of(env);
        for (Path path : paths) {
            if (!Files.exists(path)) {
                return fail(ExitCode.MISUSE, "no such file or folder: " + path);
            }
        }
        MeshRecord other = MeshRecord.read(folder);
        if (other != null && other.runs()) {
            return fail(
                    ExitCode.WRONG, "a mesh is running already (process " + other.pid() + "): end it with layar down");
        }
        if (!List.of("auto", "netns", "none").contains(capture)) {
            return fail(ExitCode.MISUSE, "--capture: " + capture + " (expected: auto, netns or none)");
        }
        ProxyBinary binary = binary(env);
        if (binary == null) {
            return ExitCode.UNAVAILABLE;
        }
        return detach ? startDetached(folder) : runHere(folder, binary, env);
    }

    private @Nullable ProxyBinary binary(Map<String, String> env) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (proxy.equals("layar")) {
            return new ProxyBinary.Layar(java, home().resolve("proxy.args"));
        }
        if (!proxy.equals("envoy")) {
            fail(ExitCode.MISUSE, "--proxy: " + proxy + " (expected: layar or envoy)");
            return null;
        }
        Path found = envoyBinary != null ? envoyBinary.toAbsolutePath() : onPath("envoy", env);
        if (found == null || !Files.isExecutable(found)) {
            fail(
                    ExitCode.UNAVAILABLE,
                    "--proxy=envoy needs an Envoy: give --envoy-binary PATH, or put envoy on the PATH");
            return null;
        }
        return new ProxyBinary.Envoy(found);
    }

    private static @Nullable Path onPath(String name, Map<String, String> env) {
        for (String entry : env.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(entry, name);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static Path home() {
        return Path.of(System.getProperty("layar.home", "."));
    }

    private int runHere(Path folder, ProxyBinary binary, Map<String, String> env)
            throws IOException, InterruptedException {
        MeshSettings settings = new MeshSettings(
                ImmutableList.copyOf(paths),
                MeshSettings.Capture.valueOf(capture.toUpperCase(Locale.ROOT)),
                binary,
                folder,
                Path.of("").toAbsolutePath(),
                baseEnvironment(env));
        MeshStarter running;
        try {
            running = MeshStarter.start(settings, env, System.err::println);
        } catch (IOException e) {
            return fail(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        Thread interrupted = new Thread(() -> {
            running.askDown();
            running.close();
        });
        Runtime.getRuntime().addShutdownHook(interrupted);
        Progress progress = new Progress();
        boolean ready = running.awaitReady(PATIENCE, progress::show);
        MeshView view = running.mesh().view();
        System.out.print(view.table());
        view.gateways().forEach(url -> System.out.println("gateway " + url));
        System.out.println(ready ? "mesh ready" : "mesh not ready: see layar ps and layar logs POD");
        System.out.flush();
        running.awaitDown();
        running.close();
        return ExitCode.DONE;
    }

    /** What containers and proxies find in their environment: enough to run programs, nothing of the caller's secrets. */
    private static Map<String, String> baseEnvironment(Map<String, String> env) {
        Map<String, String> base = new LinkedHashMap<>();
        String javaBin = Path.of(System.getProperty("java.home"), "bin").toString();
        base.put(
                "PATH",
                javaBin
                        + File.pathSeparator
                        + env.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"));
        base.put("HOME", env.getOrDefault("HOME", "/"));
        base.put("LANG", env.getOrDefault("LANG", "C.UTF-8"));
        base.put("LAYAR_SAMPLES", samples());
        return base;
    }

    private static String samples() {
        try (var jars = Files.newDirectoryStream(home().resolve("lib"), "layar-samples-*.jar")) {
            for (Path jar : jars) {
                return jar.toString();
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private int startDetached(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("layar.launcher", "layar"), "up", "--capture=" + capture, "--proxy=" + proxy));
        if (envoyBinary != null) {
            command.add("--envoy-binary=" + envoyBinary.toAbsolutePath());
        }
        paths.forEach(path -> command.add(path.toString()));
        Files.createDirectories(folder);
        Path log = folder.resolveSibling(folder.getFileName() + "-up.log");
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String text = Files.readString(log);
            if (text.contains("\nmesh ready") || text.contains("\nmesh not ready")) {
                System.out.print(text);
                return text.contains("\nmesh ready") ? ExitCode.DONE : ExitCode.WRONG;
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                System.err.print(Files.readString(log));
                return process.exitValue() == 0 ? ExitCode.BUG : process.exitValue();
            }
        }
        return fail(ExitCode.WRONG, "the mesh is not ready yet; see " + log);
    }

    private static int fail(int code, String message) {
        System.err.println("layar up: " + message);
        return code;
    }

    /** One line on stderr whenever another pod is ready. */
    private static final class Progress {
        private long shown = -1;

        void show(MeshView view) {
            long ready = view.pods().stream().filter(MeshView.PodView::ready).count();
            if (ready != shown && !view.pods().isEmpty()) {
                shown = ready;
                System.err.println("pods ready: " + ready + "/" + view.pods().size());
            }
        }
    }
}
