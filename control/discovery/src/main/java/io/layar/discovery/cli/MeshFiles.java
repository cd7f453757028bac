package io.layar.discovery.cli;

import io.layar.base.Problem;
import io.layar.config.MeshConfigLoader;
import io.layar.config.MeshConfigLoader.Loaded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of mesh configuration and mesh networks, read again when they change. Thread: one. */
final class MeshFiles {
    private final MeshConfigLoader loader = new MeshConfigLoader();
    private final @Nullable Path mesh;
    private final @Nullable Path networks;
    private final Consumer<Problem> problems;
    private List<String> last = List.of();

    MeshFiles(@Nullable Path mesh, @Nullable Path networks, Consumer<Problem> problems) {
        this.mesh = mesh;
        this.networks = networks;
        this.problems = problems;
    }

    /** What the files say if that is new and free of errors, else null. Errors: {@link IOException}. */
    @Nullable
    Loaded readIfChanged() throws IOException {
        List<String> texts = List.of(text(mesh), text(networks));
        if (texts.equals(last)) {
            return null;
        }
        last = texts;
        Loaded config = loader.load(name(mesh), texts.getFirst());
        Loaded nets = texts.getLast().isEmpty() ? config : loader.loadNetworks(name(networks), texts.getLast());
        List<Problem> found = new ArrayList<>(config.problems());
        if (nets != config) {
            found.addAll(nets.problems());
        }
        found.forEach(problems);
        return config.hasErrors() || nets.hasErrors()
                ? null
                : new Loaded(config.mesh(), nets.networks(), config.problems());
    }

    private static String name(@Nullable Path file) {
        return file == null ? "" : file.toString();
    }

    /** A file that is not there says nothing: the defaults hold. */
    private static String text(@Nullable Path file) throws IOException {
        return file == null || !Files.exists(file) ? "" : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
