package io.layar.cli.mesh;

import io.layar.cli.ExitCode;
import io.layar.local.MeshStarter;
import io.layar.local.MeshView;
import io.layar.local.api.MeshClient;
import io.layar.local.api.MeshRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands to a running mesh share: finding it, finding a pod in it, saying what went wrong. */
final class MeshCommands {
    private MeshCommands() {}

    /** A task against the running mesh. */
    interface Task {
        int run(MeshClient mesh) throws IOException, InterruptedException;
    }

    static int withMesh(String command, Task task) throws InterruptedException {
        try {
            return task.run(MeshClient.find(StateFolder.of(System.getenv())));
        } catch (IOException e) {
            System.err.println("layar " + command + ": " + e.getMessage());
            return ExitCode.WRONG;
        }
    }

    /** The pod of that name, or the only one whose name begins with it. */
    static MeshView.PodView pod(MeshClient mesh, String name, @Nullable String namespace) throws IOException {
        List<MeshView.PodView> pods = mesh.view().pods().stream()
                .filter(pod -> namespace == null || pod.namespace().equals(namespace))
                .filter(pod -> pod.name().startsWith(name))
                .toList();
        for (MeshView.PodView pod : pods) {
            if (pod.name().equals(name)) {
                return pod;
            }
        }
        if (pods.size() == 1) {
            return pods.getFirst();
        }
        throw new IOException(
                pods.isEmpty()
                        ? "no pod is called " + name + " (layar ps lists them)"
                        : name + " fits several pods: "
                                + pods.stream().map(MeshView.PodView::name).toList());
    }

    /** Ends the running mesh, or what a crashed one left. */
    static int down() throws IOException {
        Path folder = StateFolder.of(System.getenv());
        MeshRecord record = MeshRecord.read(folder);
        if (record != null && record.runs()) {
            MeshClient.find(folder).down();
        }
        MeshStarter.cleanUp(folder);
        return ExitCode.DONE;
    }
}
