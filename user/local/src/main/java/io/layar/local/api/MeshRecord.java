package io.layar.local.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where a running mesh can be found: one small file in its state folder, readable by its owner alone.
 *
 * @param pid the process of {@code layar up}
 * @param port of its API on 127.0.0.1
 * @param token that the API asks for
 * @param mesh the name that its namespaces and devices carry
 */
public record MeshRecord(long pid, int port, String token, String mesh) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "mesh.json";

    /** The record in {@code folder}, or null when no mesh was started there or the file is broken. */
    public static @Nullable MeshRecord read(Path folder) {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), MeshRecord.class);
        } catch (IOException e) {
            return null;
        }
    }

    public void write(Path folder) throws IOException {
        Path next = folder.resolve(FILE + ".new");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, JSON.writeValueAsBytes(this));
        Files.move(next, folder.resolve(FILE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** Tells whether the process of {@code layar up} still runs. */
    public boolean runs() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
