package io.layar.cli.mesh;

import io.layar.cli.ExitCode;
import io.layar.local.api.MeshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code layar apply -f} and {@code layar delete -f}: resources put over, or taken from, those of the files. */
public abstract class ChangeCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "A file or folder of YAML, or - for standard input; may be given again.")
    private List<String> files = List.of();

    private final String name;

    ChangeCommand(String name) {
        this.name = name;
    }

    abstract List<String> change(MeshClient mesh, String yaml) throws IOException;

    @Override
    public Integer call() throws InterruptedException {
        return MeshCommands.withMesh(name, mesh -> {
            StringBuilder yaml = new StringBuilder();
            for (String file : files) {
                yaml.append(read(file)).append("\n---\n");
            }
            change(mesh, yaml.toString()).forEach(System.out::println);
            return ExitCode.DONE;
        });
    }

    private static String read(String file) throws IOException {
        if (file.equals("-")) {
            return new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        Path path = Path.of(file);
        if (!Files.isDirectory(path)) {
            return Files.readString(path);
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.sorted().toList()) {
                if (entry.toString().endsWith(".yaml")
                        || entry.toString().endsWith(".yml")
                        || entry.toString().endsWith(".json")) {
                    all.append(Files.readString(entry)).append("\n---\n");
                }
            }
        }
        return all.toString();
    }

    /** {@code layar apply}. */
    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Put resources into the running mesh, over those of its files.",
            footer = {"", "Example: layar apply -f reviews-v3.yaml"})
    public static final class Apply extends ChangeCommand {
        public Apply() {
            super("apply");
        }

        @Override
        List<String> change(MeshClient mesh, String yaml) throws IOException {
            return mesh.apply(yaml);
        }
    }

    /** {@code layar delete}. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Take resources out of the running mesh, whether applied or from its files.",
            footer = {"", "Example: layar delete -f reviews-v3.yaml"})
    public static final class Delete extends ChangeCommand {
        public Delete() {
            super("delete");
        }

        @Override
        List<String> change(MeshClient mesh, String yaml) throws IOException {
            return mesh.delete(yaml);
        }
    }
}
