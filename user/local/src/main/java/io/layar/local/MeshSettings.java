package io.layar.local;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code layar up} was asked for.
 *
 * @param paths files and folders of YAML, watched
 * @param capture how pods' traffic meets their proxies
 * @param folder the mesh's state: logs, bootstraps, the ledger of its processes
 * @param workingDirectory where containers start
 * @param base environment of every process of the mesh
 */
public record MeshSettings(
        ImmutableList<Path> paths,
        Capture capture,
        ProxyBinary proxy,
        Path folder,
        Path workingDirectory,
        Map<String, String> base) {

    /** The words of {@code --capture}. */
    public enum Capture {
        AUTO,
        NETNS,
        NONE
    }
}
