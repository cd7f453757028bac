package io.layar.archtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests look at. */
final class SourceTree {
    static final Path ROOT =
            Path.of(System.getProperty("layar.root", "../..")).toAbsolutePath().normalize();

    private static final List<String> FLOORS =
            List.of("foundation", "config", "control", "data", "user", "samples", "test", "build");

    private SourceTree() {}

    /** Every Java file that a person wrote, in the order of their names. */
    static List<Path> javaFiles() {
        return FLOORS.stream()
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .flatMap(SourceTree::walk)
                .filter(file -> file.toString().endsWith(".java"))
                .sorted()
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !ROOT.relativize(file).toString().contains("target/")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
