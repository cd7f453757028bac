package io.layar.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.layar.config.ResourceReader;
import io.layar.config.validate.Validators;

/** Any bytes: values or problems with a place in the file, never an exception, and never more than the limits allow. */
class YamlFuzzTest {
    private static final YamlLimits SMALL = new YamlLimits(1 << 16, 2_000, 40);
    private static final YamlReader READER = new YamlReader(SMALL);
    private static final ResourceReader RESOURCES = new ResourceReader(Validators.ALL);

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "---\\x0A",
        "&a",
        "*a",
        "<<: ",
        "!!binary ",
        "!!int ",
        "%YAML 1.1\\x0A",
        "|2-\\x0A",
        "? ",
        "- ",
        "u0000",
        "0x"
    })
    void anyBytesAreValuesOrProblems(byte[] bytes) {
        var read = READER.read("f.yaml", bytes);
        for (var problem : read.problems()) {
            assertThat(problem.position().line()).isPositive();
            assertThat(problem.position().column()).isPositive();
        }
        for (var document : read.documents()) {
            assertThat(size(document)).isLessThanOrEqualTo(SMALL.documentValues());
            var again = READER.read("g.yaml", YamlWriter.write(document));
            assertThat(again.problems()).isEmpty();
            assertThat(again.documents()).containsExactly(document);
        }
    }

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "apiVersion: networking.istio.io/v1\\x0A",
        "kind: VirtualService\\x0A",
        "kind: Gateway\\x0A",
        "kind: DestinationRule\\x0A",
        "apiVersion: v1\\x0A",
        "kind: Service\\x0A",
        "metadata: {name: a}\\x0A",
        "spec:\\x0A",
        "hosts: ",
        "http:\\x0A",
        "timeout: 1s",
        "- route: [{destination: {host: a}}]",
        "port: {number: 80}",
        "null",
        "selector: ",
        "trafficPolicy: "
    })
    void anyBytesAreResourcesOrProblems(byte[] bytes) {
        var parsed = RESOURCES.read("f.yaml", bytes);
        for (var problem : parsed.problems()) {
            assertThat(problem.position().file()).isEqualTo("f.yaml");
        }
        for (var resource : parsed.resources()) {
            assertThat(resource.metadata().name()).isNotEmpty();
        }
    }

    private static int size(Value value) {
        return switch (value) {
            case Value.Obj object ->
                1
                        + object.fields().values().stream()
                                .mapToInt(YamlFuzzTest::size)
                                .sum();
            case Value.Arr list ->
                1 + list.items().stream().mapToInt(YamlFuzzTest::size).sum();
            case Value.Str _, Value.Num _, Value.Bool _, Value.Null _ -> 1;
        };
    }
}
