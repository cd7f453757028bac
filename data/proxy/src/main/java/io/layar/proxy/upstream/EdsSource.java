package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.AssignmentCompiler;
import io.layar.proxy.core.cluster.Discovery;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.network.Services;
import io.layar.proxy.xds.Subscriptions;
import io.layar.proxy.xds.Watcher;
import io.layar.xds.TypeUrl;
import org.jspecify.annotations.Nullable;

/** Endpoints that the control plane brings. Thread: main loop. */
final class EdsSource implements EndpointSource, Watcher<ClusterLoadAssignment> {
    private final Discovery.Eds eds;
    private final Services services;
    private @Nullable Sink sink;
    private @Nullable Runnable endWatch;

    EdsSource(Discovery.Eds eds, Services services) {
        this.eds = eds;
        this.services = services;
    }

    @Override
    public void start(Sink newSink) {
        sink = newSink;
        try {
            endWatch = services.require(Subscriptions.class)
                    .watch(TypeUrl.ENDPOINT, ClusterLoadAssignment.class, eds.source(), eds.serviceName(), this);
        } catch (ConfigRejected e) {
            throw e.within("eds_cluster_config.eds_config");
        }
    }

    @Override
    public void arrived(ClusterLoadAssignment proto, String version) {
        Assignment assignment = AssignmentCompiler.compile(proto, false);
        if (sink != null) {
            sink.assign(assignment);
        }
    }

    @Override
    public void timedOut() {
        if (sink != null) {
            sink.failed();
        }
    }

    @Override
    public void close() {
        sink = null;
        if (endWatch != null) {
            endWatch.run();
        }
    }
}
