package io.layar.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads {@code build/banned-apis.txt}: what is banned, what to use instead, why, and where it is allowed. */
class BansTest {
    private record Ban(Pattern banned, String instead, List<String> exceptIn) {}

    private static List<Ban> bans() {
        List<Ban> bans = new ArrayList<>();
        SourceTree.read(SourceTree.ROOT.resolve("build/banned-apis.txt"))
                .lines()
                .forEach(line -> {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        String[] cells = line.split(" \\| ");
                        bans.add(new Ban(
                                Pattern.compile(cells[0].strip()),
                                cells[1].strip(),
                                List.of(cells[3].strip().split(" +"))));
                    }
                });
        return bans;
    }

    @Test
    void noBannedApiIsUsedOutsideItsPlace() {
        List<Ban> bans = bans();
        assertThat(bans).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            String name = SourceTree.name(file);
            if (!name.contains("/src/main/")) {
                continue;
            }
            String text = SourceTree.read(file);
            for (Ban ban : bans) {
                if (ban.exceptIn().stream().noneMatch(name::startsWith)
                        && ban.banned().matcher(text).find()) {
                    found.add(name + ": " + ban.banned() + " (use instead: " + ban.instead() + ")");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noTestSleepsForACondition() {
        List<String> found = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            String name = SourceTree.name(file);
            if (name.contains("/src/test/")
                    && !name.endsWith("BansTest.java")
                    && SourceTree.read(file).contains("Thread.sleep(")) {
                found.add(name);
            }
        }
        assertThat(found).as("tests that sleep instead of awaiting a condition").isEmpty();
    }
}
