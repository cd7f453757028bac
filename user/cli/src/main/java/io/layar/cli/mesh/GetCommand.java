package io.layar.cli.mesh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.layar.cli.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layar get KIND [NAME]}: resources of the running mesh. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Print resources of the running mesh.",
        footer = {"", "Example: layar get virtualservice reviews -o yaml"})
public final class GetCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "KIND", description = "A kind, its plural or short name.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One resource of that kind.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            description = "Only this namespace.")
    private @Nullable String namespace;

    @Option(names = "-o", description = "short, yaml or json (default: ${DEFAULT-VALUE}).", defaultValue = "short")
    private String output = "short";

    @Override
    public Integer call() throws InterruptedException {
        return MeshCommands.withMesh("get", mesh -> {
            List<Map<String, String>> found = mesh.resources(kind, or(namespace), or(name));
            if (found.isEmpty()) {
                System.err.println("layar get: no " + kind + (name == null ? "" : " called " + name));
                return name == null ? ExitCode.DONE : ExitCode.WRONG;
            }
            switch (output) {
                case "yaml" ->
                    System.out.print(String.join(
                            "---\n",
                            found.stream()
                                    .map(one -> String.valueOf(one.get("yaml")))
                                    .toList()));
                case "json" ->
                    System.out.println(
                            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found));
                default -> found.forEach(one -> System.out.printf("%-20s %s%n", one.get("namespace"), one.get("name")));
            }
            return ExitCode.DONE;
        });
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
