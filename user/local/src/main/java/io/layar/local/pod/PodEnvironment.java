package io.layar.local.pod;

import io.layar.local.ProxyBinary;
import io.layar.local.network.PodNetwork;
import io.layar.local.process.ProcessLedger;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every pod of a mesh shares.
 *
 * @param folder the mesh's state folder: logs and bootstraps live in it
 * @param workingDirectory where containers start
 * @param base environment of every process: search path, home, the samples' classes
 * @param controlPlanePort plain xDS port at the network's host address
 * @param timers short tasks only; probes run on threads of their own
 */
public record PodEnvironment(
        Path folder,
        Path workingDirectory,
        Map<String, String> base,
        PodNetwork network,
        ProxyBinary proxy,
        int controlPlanePort,
        ProcessLedger ledger,
        ScheduledExecutorService timers) {
    /** Where containers find the sidecar's HTTP proxy where nothing is captured. */
    public static final int HTTP_PROXY_PORT = 15080;

    boolean captured() {
        return network.name().equals("netns");
    }
}
