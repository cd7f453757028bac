package io.layar.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Other programs and rights that a test may need. */
final class Peers {
    private Peers() {}

    /** The program of that name on the PATH, or null. */
    static @Nullable Path onPath(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Real Envoy: {@code ENVOY_BINARY}, or the one on the PATH, or null. */
    static @Nullable Path envoy() {
        String named = System.getenv("ENVOY_BINARY");
        return named != null && !named.isEmpty() ? Path.of(named) : onPath("envoy");
    }

    static boolean isRoot() {
        try {
            Process id = new ProcessBuilder("id", "-u").start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .equals("0");
        } catch (IOException e) {
            return false;
        }
    }
}
