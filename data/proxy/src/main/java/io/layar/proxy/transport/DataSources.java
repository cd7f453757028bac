package io.layar.proxy.transport;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.layar.proxy.core.config.ConfigRejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that a configuration names: inline, in a file or in an environment variable. Thread: main loop. */
public final class DataSources {
    private DataSources() {}

    /** Errors: {@link ConfigRejected} at {@code path} when a file cannot be read. */
    public static byte[] read(DataSource source, String path) {
        return switch (source.getSpecifierCase()) {
            case FILENAME -> file(source.getFilename(), path);
            case INLINE_BYTES -> source.getInlineBytes().toByteArray();
            case INLINE_STRING -> source.getInlineString().getBytes(StandardCharsets.UTF_8);
            case ENVIRONMENT_VARIABLE ->
                throw ConfigRejected.unsupported(path + ".environment_variable", "a data source from the environment");
            case SPECIFIER_NOT_SET -> new byte[0];
        };
    }

    private static byte[] file(String name, String path) {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException e) {
            throw new ConfigRejected(
                    path, Files.exists(Path.of(name)) ? "unable to read file: " + name : "Invalid path: " + name);
        }
    }
}
