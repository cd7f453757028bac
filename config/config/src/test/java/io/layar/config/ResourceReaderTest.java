package io.layar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import io.layar.config.kubernetes.IntOrString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ResourceReaderTest {
    private final ResourceReader reader = new ResourceReader(Validation.Rules.NONE);

    private ResourceReader.Parsed read(String yaml) {
        return reader.read("f.yaml", yaml);
    }

    @Test
    void everyVersionOfAKindIsTheSameResource() {
        for (var kind : Kinds.ALL) {
            for (var version : kind.versions()) {
                var apiVersion = kind.group().isEmpty() ? version : kind.group() + "/" + version;
                var parsed = read("apiVersion: %s\nkind: %s\nmetadata: {name: x, namespace: ns}\n"
                        .formatted(apiVersion, kind.name()));
                assertThat(parsed.problems()).isEmpty();
                assertThat(parsed.resources())
                        .singleElement()
                        .extracting(Resource::key)
                        .isEqualTo(new ResourceKey(kind, kind.isNamespaced() ? "ns" : "", "x"));
            }
        }
    }

    @Test
    void anObjectWithoutNamespaceBelongsToDefault() {
        var service = read("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
                        + "spec: {ports: [{port: 80, targetPort: http}]}\n")
                .resources()
                .get(0)
                .as(Kinds.SERVICE);
        assertThat(service.namespace()).isEqualTo("default");
        assertThat(service.spec().spec().ports().get(0).targetPort()).isEqualTo(IntOrString.of("http"));
    }

    @Test
    void anUnknownKindIsAWarningAndTheOthersLive() {
        var parsed = read("""
            apiVersion: networking.istio.io/v1
            kind: VirtualServce
            metadata: {name: a}
            ---
            apiVersion: networking.istio.io/v1alpha1
            kind: Gateway
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: a}
            """);
        assertThat(parsed.hasErrors()).isFalse();
        assertThat(parsed.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:2:1: warning: kind: networking.istio.io/v1 VirtualServce is not a known kind;"
                                + " it is skipped; did you mean \"VirtualService\"?",
                        "f.yaml:5:1: warning: apiVersion: networking.istio.io/v1alpha1 Gateway is not served;"
                                + " it is skipped (expected: one of v1, v1beta1, v1alpha3)");
        assertThat(parsed.resources()).hasSize(1);
    }

    @Test
    void aListIsItsItems() {
        var parsed = read("""
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}},
              {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "b"}}]}
            """);
        assertThat(parsed.resources()).extracting(Resource::name).containsExactly("a", "b");
        assertThat(parsed.resources().get(1).position()).isEqualTo(new SourcePosition("f.yaml", 3, 3));
    }

    @Test
    void whatIsNoObjectIsReported() {
        assertThat(read("- 1\n").problems()).extracting(Problem::message).containsExactly("list (expected: an object)");
        assertThat(read("a: 1\n").problems()).extracting(Problem::path).containsExactly("apiVersion");
        assertThat(read("apiVersion: v1\nkind: Pod\n").problems())
                .extracting(Problem::path)
                .containsExactly("metadata.name");
        assertThat(read("apiVersion: v1\nkind: Pod\nmetadata: {name: 7}\n").problems())
                .extracting(Problem::toString)
                .first()
                .isEqualTo("f.yaml:3:18: error: Pod default/: metadata.name: number 7 (expected: string)");
    }

    @Test
    void aFieldBesideSpecIsReported() {
        var parsed = read("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a}\nspce: {}\n");
        assertThat(parsed.problems())
                .extracting(Problem::toString)
                .containsExactly("f.yaml:4:1: error: Gateway default/a: spce: unknown field; did you mean \"spec\"?");
        assertThat(parsed.resources()).isEmpty();
    }

    @Test
    void aResourceThatOnlyMovedIsEqual() {
        var text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
        assertThat(read("\n\n" + text).resources()).isEqualTo(read(text).resources());
    }

    @Test
    void everyRecordedResourceIsReadAndWrittenBack() throws IOException {
        var cases = Path.of(System.getProperty("layar.shared", ""), "golden", "xds", "cases");
        assumeThat(cases).as("recorded cases").isDirectory();
        var errors = new ArrayList<String>();
        int count = 0;
        try (var folders = Files.list(cases)) {
            for (var folder : folders.sorted().toList()) {
                var parsed = reader.read("input.yaml", Files.readAllBytes(folder.resolve("input.yaml")));
                parsed.problems().stream().filter(Problem::isError).forEach(problem -> errors.add(problem.toString()));
                for (var resource : parsed.resources()) {
                    count++;
                    assertThat(read(ResourceWriter.toYaml(resource)).resources())
                            .isEqualTo(List.of(resource));
                }
            }
        }
        assertThat(count).isGreaterThan(2000);
        assertThat(errors)
                .containsExactly(
                        "input.yaml:341:12: error: VirtualService shop/fault-as-list: spec.http[0].fault: list"
                                + " (expected: object)",
                        "input.yaml:373:13: error: Gateway shop/no-hosts: spec.servers[0].hosts: missing"
                                + " (expected: a value is required)",
                        "input.yaml:385:7: error: DestinationRule shop/no-host: spec.host: missing"
                                + " (expected: a value is required)");
    }
}
