package io.layar.sources.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.base.Problem;
import io.layar.config.ResourceReader;
import io.layar.config.Validation;
import io.layar.sources.file.FileSource.Options;
import io.layar.sources.file.FileSource.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
    private FileSource source;

    @BeforeEach
    void start() throws IOException {
        write("a.yaml", namespace("one"));
        source = FileSource.start(
                List.of(folder),
                new ResourceReader(Validation.Rules.NONE),
                new Options(Duration.ofSeconds(10)),
                updates::add);
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private static String namespace(String name) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n---\n".formatted(name);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Update next() throws InterruptedException {
        var update = updates.poll(20, TimeUnit.SECONDS);
        assertThat(update).as("an update").isNotNull();
        return update;
    }

    private static List<String> names(Update update) {
        return update.resources().all().keySet().stream().map(key -> key.name()).toList();
    }

    @Test
    void theFirstUpdateIsThereWhenTheSourceHasStarted() {
        assertThat(updates).hasSize(1);
        assertThat(names(updates.remove())).containsExactly("one");
    }

    @Test
    void aNewFileAndAChangeAndARemovalAreSeen() throws Exception {
        next();
        write("b.yml", namespace("two"));
        var added = next();
        assertThat(names(added)).containsExactly("one", "two");
        assertThat(added.delta().updated().keySet())
                .extracting(key -> key.name())
                .containsExactly("two");
        write("b.yml", namespace("three"));
        var changed = next();
        assertThat(names(changed)).containsExactly("one", "three");
        assertThat(changed.delta().removed()).extracting(key -> key.name()).containsExactly("two");
        Files.delete(folder.resolve("b.yml"));
        assertThat(names(next())).containsExactly("one");
    }

    @Test
    void aChangeIsSeenSoon() throws Exception {
        next();
        long before = System.nanoTime();
        write("b.yaml", namespace("two"));
        next();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(2500));
    }

    @Test
    void anEditorsRenameIsSeen() throws Exception {
        next();
        var fresh = write(".a.yaml.swp", namespace("renamed"));
        Files.move(
                fresh, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(names(next())).containsExactly("renamed");
    }

    @Test
    void aNewFolderIsWatchedToo() throws Exception {
        next();
        Files.createDirectories(folder.resolve("deep/er"));
        Files.writeString(folder.resolve("deep/er/c.json"), """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "json"}}\
            """);
        source.refresh();
        assertThat(names(next())).containsExactly("json", "one");
        Files.writeString(folder.resolve("deep/er/d.yaml"), namespace("later"));
        assertThat(names(next())).containsExactly("json", "later", "one");
    }

    @Test
    void aBadFileKeepsItsLastGoodObjectsAndItsGoodDocumentsCount() throws Exception {
        next();
        write("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: one\n---\n" + namespace("two"));
        var bad = next();
        assertThat(names(bad)).containsExactly("one", "two");
        assertThat(bad.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.position().file())
                    .isEqualTo(folder.resolve("a.yaml").toString());
            assertThat(problem.position().line()).isBetween(3, 4);
        });
        write("a.yaml", namespace("two"));
        var good = next();
        assertThat(names(good)).containsExactly("two");
        assertThat(good.problems()).isEmpty();
    }

    @Test
    void theSameObjectInTwoFilesIsReportedAndTheFirstCounts() throws Exception {
        next();
        write("b.yaml", namespace("one"));
        var update = next();
        assertThat(update.delta().isEmpty()).isTrue();
        assertThat(update.problems())
                .extracting(Problem::toString)
                .containsExactly("%s:1:1: error: Namespace one: the same object is already at %s:1:1; that one is used"
                        .formatted(folder.resolve("b.yaml"), folder.resolve("a.yaml")));
    }

    @Test
    void aFileThatOnlyMovedItsLinesIsNoChange() throws Exception {
        next();
        write("a.yaml", "# a comment\n\n" + namespace("one"));
        source.refresh();
        assertThat(updates).isEmpty();
        write("b.yaml", namespace("two"));
        assertThat(next().delta().updated()).hasSize(1);
        assertThat(updates).isEmpty();
    }

    @Test
    void aMissingRootIsReportedAndTakenUpWhenItComes() throws Exception {
        var missing = folder.resolve("later");
        var seen = new LinkedBlockingQueue<Update>();
        try (var other = FileSource.start(
                List.of(missing),
                new ResourceReader(Validation.Rules.NONE),
                new Options(Duration.ofMillis(50)),
                seen::add)) {
            assertThat(seen.remove().problems())
                    .extracting(Problem::toString)
                    .containsExactly(missing + ": error: no such file or folder");
            Files.createDirectory(missing);
            Files.writeString(missing.resolve("x.yaml"), namespace("x"));
            other.refresh();
            var update = seen.poll(20, TimeUnit.SECONDS);
            while (update != null && update.resources().size() == 0) {
                update = seen.poll(20, TimeUnit.SECONDS);
            }
            assertThat(update).isNotNull();
            assertThat(update.problems()).isEmpty();
        }
    }

    @Test
    void afterClosingNothingIsHeard() throws Exception {
        next();
        source.close();
        write("b.yaml", namespace("two"));
        assertThat(source.refresh().resources().size()).isEqualTo(1);
        assertThat(updates).isEmpty();
    }
}
