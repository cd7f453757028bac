import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finishes the distribution after Maven has copied the jars: writes the argument file of the proxy, records an AOT cache for it
 * (JEP 514) by a short training run, and stamps the whole as built. Run by the package phase of user/cli.
 * Without the cache the proxy only starts slower, so a failing training run is told and passed over.
 */
final class Dist {
    private static final long TRAINING_SECONDS = 60;

    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]);
        Path dist = Path.of(args[1]);
        Path cache = dist.resolve("proxy.aot");
        Path arguments = dist.resolve("proxy.args");
        List<String> flags = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("data/proxy/src/main/dist/jvm.flags"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                flags.add(line.strip());
            }
        }
        flags.add("-cp");
        flags.add(proxyClassPath(root, dist.resolve("lib")));
        Files.deleteIfExists(cache);
        Files.writeString(arguments, lines(flags));
        if (train(arguments, cache)) {
            flags.add(0, "-XX:AOTCache=" + cache);
            Files.writeString(arguments, lines(flags));
        }
        Files.writeString(dist.resolve(".built"), "");
    }

    private static String lines(List<String> flags) {
        StringBuilder text = new StringBuilder();
        flags.forEach(flag -> text.append('"')
                .append(flag.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n"));
        return text.toString();
    }

    /** The jars that data/proxy needs, as absolute paths in the order that Maven gave them: the AOT cache wants that order kept. */
    private static String proxyClassPath(Path root, Path lib) throws IOException {
        List<String> paths = new ArrayList<>();
        try (var files = Files.list(lib)) {
            files.filter(file -> file.getFileName().toString().matches("layar-proxy-\\d.*"))
                    .forEach(file -> paths.add(file.toString()));
        }
        String names = Files.readString(root.resolve("data/proxy/target/proxy.classpath"))
                .strip();
        for (String entry : names.split(":")) {
            Path path = lib.resolve(Path.of(entry).getFileName().toString());
            if (Files.exists(path)) {
                paths.add(path.toString());
            }
        }
        return String.join(":", paths);
    }

    private static boolean train(Path arguments, Path cache) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "@" + arguments, "-XX:AOTCacheOutput=" + cache, "io.layar.proxy.server.Training")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            System.err.println("layar: the training run for the AOT cache took too long; the proxy starts without it");
            return false;
        }
        if (process.exitValue() != 0 || !Files.exists(cache)) {
            System.err.println("layar: no AOT cache, the proxy starts slower: "
                    + output.lines().limit(5).toList());
            return false;
        }
        return true;
    }
}
