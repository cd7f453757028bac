package io.layar.local.network;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** How pods of a local mesh get addresses and how their traffic meets their proxies. Thread: any. */
public interface PodNetwork extends AutoCloseable {
    /** The network of one pod. */
    interface Pod {
        PodAddress address();

        /** Words before a command that put it into the pod; {@code proxy} for the proxy's own process. */
        List<String> enter(boolean proxy);

        /** Runs {@code task} with the pod's view of the network. */
        <T> T inside(Callable<T> task) throws Exception;

        /** Removes what {@link PodNetwork#add} made. */
        void remove();
    }

    /** {@code netns} or {@code none}, as the flag calls it. */
    String name();

    /** The address on which pods reach the control plane. */
    String hostAddress();

    /** Makes the network of a pod; {@code captured} pods get their traffic redirected to the sidecar. */
    Pod add(String podName, boolean captured) throws IOException;

    /** Names that pods resolve: host name to address. Replaces the last table. */
    void names(Map<String, String> hosts) throws IOException;

    /** Removes all that this network made on the machine. */
    @Override
    void close();
}
