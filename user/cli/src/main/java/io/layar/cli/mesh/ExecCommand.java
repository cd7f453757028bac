package io.layar.cli.mesh;

import io.layar.local.MeshView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layar exec POD -- COMMAND}: a command as if inside the pod. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        description = "Run a command as if inside a pod: in its network, with its environment.",
        footer = {"", "Example: layar exec productpage -- curl -s http://reviews:9080/reviews/0"})
public final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "POD", description = "A pod's name, or the beginning of it.")
    private String pod = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What to run, after --.")
    private List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            description = "The pod's namespace.")
    private @Nullable String namespace;

    @Override
    public Integer call() throws InterruptedException {
        return MeshCommands.withMesh("exec", mesh -> {
            MeshView.PodView view = MeshCommands.pod(mesh, pod, namespace);
            List<String> command = new ArrayList<>(view.enter());
            command.add("env");
            command.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().clear();
            builder.environment().putAll(view.environment());
            return builder.start().waitFor();
        });
    }
}
