package io.layar.sources.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.base.Problem;
import io.layar.config.ResourceReader;
import io.layar.config.validate.Validators;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are wrong, beside one that is right: each is reported with its place, and the right one counts. */
class BadFilesTest {
    private static final String GOOD = "apiVersion: v1\nkind: Namespace\nmetadata: {name: good}\n";

    @TempDir
    Path folder;

    private FileSource.Update read() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), GOOD);
        var update = FileSource.readOnce(List.of(folder), new ResourceReader(Validators.ALL));
        assertThat(update.resources().all().keySet())
                .extracting(key -> key.name())
                .containsExactly("good");
        return update;
    }

    private void isReported(String message) throws IOException {
        assertThat(read().problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(folder.resolve("bad.yaml") + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a: [1, 2!:1:9: error: malformed YAML: while parsing a flow sequence",
                "a: 1\\n\\tb: 2!:2:1: error: malformed YAML: ",
                "a: 1\\na: 2!:2:1: error: key \"a\" is given twice (first at line 1)",
                "apiVersion: v1\\n"
                        + "kind: Sprocket\\n"
                        + "metadata: {name: a}!:2:1: warning: kind: v1 Sprocket is not a known kind; it is skipped",
                "just words!:1:1: error: string (expected: an object)",
                "kind: Service!:1:1: error: apiVersion: missing or not a string",
                "a: \\0!:1:4: error: control character U+0000 in the text (a binary file?)",
                "apiVersion: networking.istio.io/v1\\n"
                        + "kind: VirtualService\\n"
                        + "metadata: {name: a}\\n"
                        + "spec:\\n"
                        + "  hosts: 5!:5:"
            })
    void aBadFileIsReportedWithItsPlace(String text, String message) throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), text.translateEscapes());
        isReported(message);
    }

    @Test
    void bytesThatAreNoTextAreReported() throws IOException {
        Files.write(folder.resolve("bad.yaml"), new byte[] {'a', '\n', (byte) 0x89, 'P', 'N', 'G'});
        isReported(":2:1: error: not UTF-8 text (a binary file?)");
    }

    @Test
    void anAliasBombIsReported() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        Files.writeString(folder.resolve("bad.yaml"), bomb);
        assertThat(read().problems())
                .extracting(Problem::message)
                .containsExactly("the document has more than 1000000 values with its aliases written out");
    }

    @Test
    void aFileLargerThanMemoryIsReported() throws IOException {
        try (var sparse = new RandomAccessFile(folder.resolve("bad.yaml").toFile(), "rw")) {
            sparse.setLength(6L << 30);
        }
        isReported(":1:1: error: the file has more than 33554432 bytes");
    }

    @Test
    void tenMegabytesOfObjectsAreRead() throws IOException {
        var all = new StringBuilder();
        for (int i = 0; all.length() < 10 << 20; i++) {
            all.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%d}\ndata: {text: \"%s\"}\n"
                    .formatted(i, "x".repeat(1000)));
        }
        Files.writeString(folder.resolve("big.yaml"), all);
        var update = FileSource.readOnce(List.of(folder), new ResourceReader(Validators.ALL));
        assertThat(update.problems()).isEmpty();
        assertThat(update.resources().size()).isGreaterThan(9_000);
    }
}
