package io.layar.cli.mesh;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code layar down}: ends the mesh and removes all that it made. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "End the mesh of this user and remove all that it made, also after a crash.",
        footer = {"", "Example: layar down"})
public final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        return MeshCommands.down();
    }
}
