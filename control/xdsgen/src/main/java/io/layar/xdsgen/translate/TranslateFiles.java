package io.layar.xdsgen.translate;

import com.google.common.collect.ImmutableMap;
import io.layar.base.Problem;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translation of files and folders into folders. */
public final class TranslateFiles {
    private final Translate translate;
    private final ImmutableMap<String, String> environment;
    private final Consumer<Problem> problems;

    /** @param problems is told what is wrong with the input */
    public TranslateFiles(Translate translate, Map<String, String> environment, Consumer<Problem> problems) {
        this.translate = translate;
        this.environment = ImmutableMap.copyOf(environment);
        this.problems = problems;
    }

    /** @param mesh the mesh's configuration, null for the defaults */
    public void files(List<Path> resources, @Nullable Path mesh, Path proxies, Path out) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path path : resources) {
            for (Path file : yamlFiles(path)) {
                texts.put(file.toString(), read(file));
            }
        }
        run(texts, mesh, proxies, environment, out);
    }

    /** Each folder below {@code root} that has an {@code input.yaml}, into the folder of that name below {@code out}. */
    public int cases(Path root, Path out) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(root)) {
            folders = found.filter(f -> Files.exists(f.resolve("input.yaml")))
                    .sorted()
                    .toList();
        }
        for (Path folder : folders) {
            Path mesh = folder.resolve("mesh.yaml");
            Map<String, String> all = new LinkedHashMap<>(environment);
            all.putAll(caseEnvironment(folder.resolve("case.yaml")));
            Path input = folder.resolve("input.yaml");
            run(
                    Map.of(input.toString(), read(input)),
                    Files.exists(mesh) ? mesh : null,
                    folder.resolve("proxies.yaml"),
                    all,
                    out.resolve(folder.getFileName().toString()));
        }
        return folders.size();
    }

    private void run(
            Map<String, String> texts, @Nullable Path mesh, Path proxies, Map<String, String> variables, Path out)
            throws IOException {
        Translate.Result result = translate.run(new Translate.Request(
                ImmutableMap.copyOf(texts),
                mesh == null ? "" : mesh.toString(),
                mesh == null ? "" : read(mesh),
                proxies.toString(),
                read(proxies),
                ImmutableMap.copyOf(variables)));
        result.problems().forEach(problems);
        for (var file : result.files().entrySet()) {
            Path path = out.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Map<String, String> caseEnvironment(Path file) throws IOException {
        Map<String, String> out = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return out;
        }
        for (Value document : new YamlReader(YamlLimits.DEFAULT)
                .read(file.toString(), read(file))
                .documents()) {
            if (document instanceof Value.Obj object && object.get("environment") instanceof Value.Obj variables) {
                PlainTrees.map(variables).forEach((key, value) -> out.put(key, value.toString()));
            }
        }
        return out;
    }

    private static List<Path> yamlFiles(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(path)) {
            return new ArrayList<>(found.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList());
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
