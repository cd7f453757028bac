package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Assignment;
import org.jspecify.annotations.Nullable;

/** Endpoints that the xDS client brings. Thread: main loop. */
final class EdsSource implements EndpointSource {
    private final String serviceName;
    private @Nullable Sink sink;

    EdsSource(String serviceName) {
        this.serviceName = serviceName;
    }

    String serviceName() {
        return serviceName;
    }

    @Override
    public void start(Sink newSink) {
        sink = newSink;
    }

    void assign(Assignment assignment) {
        if (sink != null) {
            sink.assign(assignment);
        }
    }

    void timedOut() {
        if (sink != null) {
            sink.failed();
        }
    }

    @Override
    public void close() {
        sink = null;
    }
}
