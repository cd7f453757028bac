package io.layar.xdsgen.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.layar.config.validate.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we generate is what Istio's control plane was recorded to send. Floors only ever go up. */
class GoldenXdsTest {
    private static final int SHOWN = 25;

    @TempDir
    static Path out;

    private static @Nullable Path golden;

    @BeforeAll
    static void translateAllCases() throws IOException {
        Path root = Path.of(System.getProperty("layar.shared", "../shared")).resolve("golden/xds");
        assumeTrue(Files.isDirectory(root), "no recorded configuration at " + root);
        golden = root;
        new TranslateFiles(new Translate(Validators.ALL), Map.of(), problem -> {})
                .cases(root.resolve("cases"), out.resolve("first"));
    }

    private static Path golden() {
        if (golden == null) {
            throw new IllegalStateException("golden: null (expected: the folder that was found)");
        }
        return golden;
    }

    @ParameterizedTest
    @CsvSource({"core, 1966", "traffic, 1005", "security, 653", "telemetry, 608", "later, 211"})
    void resourcesOfASetAreAsRecorded(String set, int floor) throws IOException {
        int right = 0;
        List<String> differences = new ArrayList<>();
        for (String name : Files.readAllLines(golden().resolve("sets/" + set + ".txt"))) {
            if (!name.isBlank()) {
                right += compareCase(name.trim(), differences);
            }
        }
        assertThat(right)
                .as(
                        "right resources of %s; %d differ:%n%s",
                        set,
                        differences.size(),
                        String.join("\n", differences.stream().limit(SHOWN).toList()))
                .isGreaterThanOrEqualTo(floor);
    }

    private static int compareCase(String name, List<String> differences) throws IOException {
        int right = 0;
        Path expected = golden().resolve("cases").resolve(name).resolve("expected");
        List<Path> files;
        try (Stream<Path> found = Files.walk(expected)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path made = out.resolve("first").resolve(name).resolve(expected.relativize(file));
            Map<String, JsonElement> got = Files.exists(made) ? resources(made) : Map.of();
            for (var want : resources(file).entrySet()) {
                JsonElement have = got.get(want.getKey());
                if (want.getValue().equals(have)) {
                    right++;
                } else {
                    differences.add(name + " " + expected.relativize(file) + " " + want.getKey() + ": "
                            + difference(want.getValue(), have, ""));
                }
            }
        }
        return right;
    }

    private static Map<String, JsonElement> resources(Path file) throws IOException {
        Map<String, JsonElement> out = new TreeMap<>();
        for (JsonElement item : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            JsonObject object = item.getAsJsonObject();
            JsonElement name = object.has("name") ? object.get("name") : object.get("clusterName");
            out.merge(name == null ? "" : name.getAsString(), item, (a, b) -> b);
        }
        return out;
    }

    private static String difference(JsonElement want, @Nullable JsonElement have, String path) {
        if (have == null) {
            return path + " missing";
        }
        if (want.isJsonObject() && have.isJsonObject()) {
            for (String key : want.getAsJsonObject().keySet()) {
                JsonElement inner = want.getAsJsonObject().get(key);
                if (!inner.equals(have.getAsJsonObject().get(key))) {
                    return difference(inner, have.getAsJsonObject().get(key), path + "." + key);
                }
            }
            return path + " has more than " + want.getAsJsonObject().keySet();
        }
        if (want.isJsonArray() && have.isJsonArray()) {
            for (int i = 0;
                    i
                            < Math.min(
                                    want.getAsJsonArray().size(),
                                    have.getAsJsonArray().size());
                    i++) {
                JsonElement inner = want.getAsJsonArray().get(i);
                if (!inner.equals(have.getAsJsonArray().get(i))) {
                    return difference(inner, have.getAsJsonArray().get(i), path + "[" + i + "]");
                }
            }
            return path + " has " + have.getAsJsonArray().size() + " (expected: "
                    + want.getAsJsonArray().size() + ")";
        }
        return path + " is " + have + " (expected: " + want + ")";
    }

    @Test
    void secondRunIsEqualToTheByte() throws IOException {
        new TranslateFiles(new Translate(Validators.ALL), Map.of(), problem -> {})
                .cases(golden().resolve("cases"), out.resolve("second"));

        try (Stream<Path> found = Files.walk(out.resolve("first"))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                Path again = out.resolve("second").resolve(out.resolve("first").relativize(file));
                assertThat(Files.mismatch(file, again)).as("%s", file).isEqualTo(-1);
            }
        }
    }
}
