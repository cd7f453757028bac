package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.worker.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clusters of one worker by name. Thread: its event loop. */
final class WorkerView implements WorkerClusters {
    private final Worker worker;
    private final ClientCodecs codecs;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, WorkerClusterState> clusters = new HashMap<>();

    WorkerView(Worker worker, ClientCodecs codecs) {
        this.worker = worker;
        this.codecs = codecs;
    }

    @Override
    public @Nullable WorkerCluster cluster(String name) {
        return clusters.get(name);
    }

    void replace(ClusterRuntime runtime, Published published) {
        WorkerClusterState before = clusters.put(
                runtime.config().name(), new WorkerClusterState(runtime, worker, codecs, random, published));
        if (before != null) {
            before.retire();
        }
    }

    void publish(ClusterRuntime runtime, Published published, List<Host> gone) {
        WorkerClusterState state = clusters.get(runtime.config().name());
        if (state != null && state.runtime() == runtime) {
            state.publish(published, gone);
        }
    }

    void onUnhealthy(ClusterRuntime runtime, Host host) {
        WorkerClusterState state = clusters.get(runtime.config().name());
        if (state != null && state.runtime() == runtime) {
            state.onUnhealthy(host);
        }
    }

    void remove(String name) {
        WorkerClusterState state = clusters.remove(name);
        if (state != null) {
            state.retire();
        }
    }

    void forEach(Consumer<WorkerClusterState> visitor) {
        clusters.values().forEach(visitor);
    }
}
