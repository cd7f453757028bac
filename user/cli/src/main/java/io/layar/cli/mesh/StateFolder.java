package io.layar.cli.mesh;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's mesh keeps its state: {@code LAYAR_STATE_DIR}, or a folder of the user's own beside the machine's temporary files. */
final class StateFolder {
    private StateFolder() {}

    static Path of(Map<String, String> env) {
        String named = env.get("LAYAR_STATE_DIR");
        if (named != null && !named.isEmpty()) {
            return Path.of(named).toAbsolutePath();
        }
        String runtime = env.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty() && java.nio.file.Files.isWritable(Path.of(runtime))) {
            return Path.of(runtime, "layar");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "layar-" + System.getProperty("user.name"));
    }
}
