package io.layar.config.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.collect.ImmutableMap;
import io.layar.base.GoDuration;
import io.layar.base.HostLists;
import io.layar.base.Hostname;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The recorded verdicts on names, labels, protocols, durations and percentages: every row is met. */
@NullUnmarked
class MatchingGoldenTest {
    private static void rows(String table, Consumer<Value.Obj> row) throws IOException {
        var file = Path.of(System.getProperty("layar.shared", ""), "golden", "matching", table + ".json");
        assumeThat(file).as("recorded table").exists();
        var read = new YamlReader(YamlLimits.DEFAULT).read(table, Files.readAllBytes(file));
        assertThat(read.problems()).isEmpty();
        var items = ((Value.Arr) read.documents().get(0)).items();
        assertThat(items).isNotEmpty();
        items.forEach(item -> row.accept((Value.Obj) item));
    }

    private static boolean flag(Value.Obj row, String name) {
        return ((Value.Bool) row.get(name)).value();
    }

    private static List<String> texts(Value.Obj row, String name) {
        return ((Value.Arr) row.get(name))
                .items().stream().map(item -> ((Value.Str) item).value()).toList();
    }

    private static List<Hostname> hosts(Value.Obj row, String name) {
        return texts(row, name).stream().map(Hostname::new).toList();
    }

    private static ImmutableMap<String, String> labels(Value.Obj row, String name) {
        var labels = ImmutableMap.<String, String>builder();
        if (row.get(name) instanceof Value.Obj object) {
            object.fields().forEach((key, value) -> labels.put(key, ((Value.Str) value).value()));
        }
        return labels.buildOrThrow();
    }

    @Test
    void hostsMatchAndCoverEachOther() throws IOException {
        rows("host-pairs", row -> {
            var a = new Hostname(row.text("a"));
            var b = new Hostname(row.text("b"));
            assertThat(a.matches(b)).as("%s matches %s", a, b).isEqualTo(flag(row, "a_matches_b"));
            assertThat(a.isSubsetOf(b)).as("%s in %s", a, b).isEqualTo(flag(row, "a_subset_of_b"));
        });
    }

    @Test
    void hostsSortMostSpecificFirst() throws IOException {
        rows(
                "host-sort",
                row -> assertThat(hosts(row, "input").stream().sorted().toList())
                        .isEqualTo(hosts(row, "sorted")));
    }

    @Test
    void hostListsIntersect() throws IOException {
        rows(
                "host-intersection",
                row -> assertThat(HostLists.intersection(hosts(row, "a"), hosts(row, "b")))
                        .isEqualTo(hosts(row, "intersection")));
    }

    @Test
    void hostsConcernTheirNamespace() throws IOException {
        rows(
                "hosts-for-namespace",
                row -> assertThat(HostLists.forNamespace(texts(row, "hosts"), row.text("namespace")))
                        .isEqualTo(hosts(row, "result")));
    }

    @Test
    void theMostSpecificHostIsFound() throws IOException {
        rows("most-specific-host", row -> {
            var found = HostLists.mostSpecific(new Hostname(row.text("host")), hosts(row, "candidates"));
            assertThat(found == null ? "" : found.value()).as("%s", row).isEqualTo(row.text("match"));
        });
    }

    @Test
    void labelsSelect() throws IOException {
        rows(
                "labels-subset",
                row -> assertThat(LabelSyntax.selects(labels(row, "selector"), labels(row, "labels")))
                        .isEqualTo(flag(row, "selector_subset_of_labels")));
    }

    @Test
    void labelsAreWellFormedOrNot() throws IOException {
        rows("labels-valid", row -> {
            var problems = LabelSyntax.problems(labels(row, "labels"));
            assertThat(problems.isEmpty()).as("%s", row).isEqualTo(flag(row, "valid"));
            problems.forEach(problem -> assertThat(row.text("error")).contains(problem));
        });
    }

    @Test
    void protocolsAreKnownByName() throws IOException {
        rows("protocol-parse", row -> {
            var protocol = Protocol.parse(row.text("input"));
            assertThat(protocol).hasToString(row.text("protocol"));
            assertThat(protocol.isGrpc()).isEqualTo(flag(row, "is_grpc"));
            assertThat(protocol.isHttp()).isEqualTo(flag(row, "is_http"));
            assertThat(protocol.isHttp2()).isEqualTo(flag(row, "is_http2"));
            assertThat(protocol.isTcp()).isEqualTo(flag(row, "is_tcp"));
            assertThat(protocol.isTls()).isEqualTo(flag(row, "is_tls"));
            assertThat(protocol.isUnsupported()).isEqualTo(flag(row, "is_unsupported"));
        });
    }

    @Test
    void durationsAreReadAndPrinted() throws IOException {
        rows("duration-parse", row -> {
            var duration = GoDuration.parse(row.text("input"));
            assertThat(duration != null).as(row.text("input")).isEqualTo(flag(row, "ok"));
            if (duration != null) {
                assertThat(Long.toString(duration.toNanos())).isEqualTo(((Value.Num) row.get("nanoseconds")).literal());
                assertThat(GoDuration.print(duration)).isEqualTo(row.text("printed"));
            }
        });
    }

    @Test
    void percentagesAreFractionsOfAMillion() throws IOException {
        rows("percent-to-fraction", row -> {
            double percent = ((Value.Num) row.get("percent")).toDouble();
            assertThat(Integer.toString(Percentages.ofAMillion(percent)))
                    .as("%s", percent)
                    .isEqualTo(((Value.Num) row.get("numerator")).literal());
        });
    }
}
