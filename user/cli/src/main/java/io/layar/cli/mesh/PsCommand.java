package io.layar.cli.mesh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.layar.cli.ExitCode;
import io.layar.local.MeshView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code layar ps}: what runs. */
@Command(
        name = "ps",
        mixinStandardHelpOptions = true,
        description = "List the pods of the running mesh.",
        footer = {"", "Example: layar ps -o json"})
public final class PsCommand implements Callable<Integer> {
    @Option(names = "-o", description = "short or json (default: ${DEFAULT-VALUE}).", defaultValue = "short")
    private String output = "short";

    @Override
    public Integer call() throws InterruptedException {
        return MeshCommands.withMesh("ps", mesh -> {
            MeshView view = mesh.view();
            if (output.equals("json")) {
                System.out.println(
                        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(view));
            } else {
                System.out.print(view.table());
                view.gateways().forEach(url -> System.out.println("gateway " + url));
            }
            return ExitCode.DONE;
        });
    }
}
