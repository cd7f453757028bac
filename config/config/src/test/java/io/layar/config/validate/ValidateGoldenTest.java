package io.layar.config.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layar.config.ResourceReader;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The recorded verdicts of Istio on resources. */
@NullUnmarked
class ValidateGoldenTest {
    /** Percent of rows that are right in every kind together; it only ever goes up. */
    private static final int WANTED = 80;

    private final ResourceReader reader = new ResourceReader(Validators.ALL);
    private final YamlReader yaml = new YamlReader(YamlLimits.DEFAULT);

    private static Path golden(String first, String... more) {
        return Path.of(System.getProperty("layar.shared", ""), "golden").resolve(Path.of(first, more));
    }

    @Test
    void verdictsAreThoseOfIstio() throws IOException {
        var table = golden("validate", "cases.json");
        assumeThat(table).as("recorded verdicts").exists();
        var rows = ((Value.Arr) yaml.read("cases.json", Files.readAllBytes(table))
                        .documents()
                        .get(0))
                .items();
        var right = new TreeMap<String, Integer>();
        var all = new TreeMap<String, Integer>();
        var wrong = new ArrayList<String>();
        for (var item : rows) {
            var row = (Value.Obj) item;
            var kind = row.text("kind");
            var verdict = verdict(golden("validate", row.text("input")));
            all.merge(kind, 1, Integer::sum);
            if (verdict.equals(row.text("verdict"))) {
                right.merge(kind, 1, Integer::sum);
            } else {
                wrong.add("%s: %s (expected: %s)".formatted(row.text("id"), verdict, row.text("verdict")));
            }
        }
        int sum = right.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("verdicts: %d of %d right%n%s of %s%n", sum, rows.size(), right, all);
        assertThat(sum * 100 / rows.size())
                .as("percent right; wrong: %s", wrong)
                .isGreaterThanOrEqualTo(WANTED);
    }

    private String verdict(Path input) throws IOException {
        var parsed = reader.read(input.toString(), Files.readAllBytes(input));
        return parsed.hasErrors() ? "reject" : parsed.problems().isEmpty() ? "accept" : "warn";
    }

    @Test
    void exactlyTheRejectedResourcesOfTheRecordedCasesAreLeftOut() throws IOException {
        var cases = golden("xds", "cases");
        assumeThat(cases).as("recorded cases").isDirectory();
        try (var folders = Files.list(cases)) {
            for (var folder : folders.sorted().toList()) {
                var about = (Value.Obj) yaml.read("case.yaml", Files.readAllBytes(folder.resolve("case.yaml")))
                        .documents()
                        .get(0);
                var input = Files.readAllBytes(folder.resolve("input.yaml"));
                var rejected = new ArrayList<String>();
                if (about.get("rejected") instanceof Value.Arr list) {
                    list.items()
                            .forEach(item -> rejected.add("%s %s/%s"
                                    .formatted(
                                            ((Value.Obj) item).text("kind"),
                                            ((Value.Obj) item).text("namespace"),
                                            ((Value.Obj) item).text("name"))));
                }
                var leftOut = reader.read("input.yaml", input).problems().stream()
                        .filter(problem -> problem.isError() && problem.resource() != null)
                        .map(problem -> problem.resource())
                        .distinct()
                        .toList();
                assertThat(leftOut).as("%s", folder).containsExactlyInAnyOrderElementsOf(rejected);
            }
        }
    }
}
