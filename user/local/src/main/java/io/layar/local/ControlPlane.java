package io.layar.local;

import io.layar.config.ConfigSet;
import java.time.Duration;

/** What a local mesh needs of its control plane. Thread: the mesh's loop. */
interface ControlPlane extends AutoCloseable {
    /** The plain xDS port, on the network's host address. */
    int port();

    /** Replaces all resources; what did not change costs nothing. */
    void update(ConfigSet resources);

    /** Waits until every connected proxy has acknowledged what it was last sent, at most {@code patience}. */
    boolean awaitAcknowledged(Duration patience);

    @Override
    void close();
}
