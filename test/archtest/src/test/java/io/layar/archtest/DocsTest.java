package io.layar.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents name files and folders that exist. */
class DocsTest {
    private static final List<String> DOCUMENTS =
            List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md");
    private static final Pattern PATH =
            Pattern.compile("`((?:foundation|config|control|data|user|test|samples|build|\\.ci)/[A-Za-z0-9_./-]+)`");

    @Test
    void everyPathInADocumentExists() {
        Set<String> missing = new TreeSet<>();
        for (String document : DOCUMENTS) {
            Path file = SourceTree.ROOT.resolve(document);
            assertThat(file).exists();
            Matcher paths = PATH.matcher(SourceTree.read(file));
            while (paths.find()) {
                if (!Files.exists(SourceTree.ROOT.resolve(paths.group(1)))) {
                    missing.add(document + " names " + paths.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
