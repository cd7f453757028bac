package io.layar.local;

import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.discovery.push.MeshState;
import io.layar.discovery.push.SnapshotMesh;
import io.layar.local.cluster.LoopbackRewrite;
import io.layar.local.network.PodNetwork;
import io.layar.mesh.Features;
import io.layar.mesh.MeshSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The control plane of a local mesh: the daemon's own server, in this process. Thread: the mesh's loop, and the leaving pods'. */
final class EmbeddedControlPlane implements ControlPlane {
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final DiscoveryServer server;
    private final MeshConfigSource meshConfig;
    private final Identities identities;
    private ConfigSet last = ConfigSet.EMPTY;

    private EmbeddedControlPlane(DiscoveryServer server, MeshConfigSource meshConfig, Identities identities) {
        this.identities = identities;
        this.server = server;
        this.meshConfig = meshConfig;
    }

    /**
     * Starts the server on the network's host address.
     *
     * @param environment the control plane's variables count as they do for the daemon
     */
    static EmbeddedControlPlane start(PodNetwork network, Map<String, String> environment, Consumer<String> report)
            throws IOException {
        boolean loopback = network.name().equals("none");
        MeshConfigSource meshConfig = new MeshConfigSource(loopback, report);
        var mesh = meshConfig.of(ConfigSet.EMPTY);
        MeshState initial = SnapshotMesh.of(
                new MeshSettings("Kubernetes", "cluster.local", "istio-system", Features.of(environment)),
                ConfigSet.EMPTY,
                mesh.mesh(),
                mesh.networks());
        DiscoverySettings settings = DiscoverySettings.local(new InetSocketAddress(network.hostAddress(), 0), initial);
        if (loopback) {
            settings = settings.withRewrite(new LoopbackRewrite());
        }
        return new EmbeddedControlPlane(DiscoveryServer.start(settings), meshConfig, new Identities(report));
    }

    @Override
    public int port() {
        return server.grpcPort();
    }

    @Override
    public void update(ConfigSet all) {
        ConfigSet resources = identities.withoutMutualTls(all);
        ConfigDelta delta = last.deltaTo(resources);
        last = resources;
        if (delta.touches(Kinds.CONFIG_MAP)) {
            var mesh = meshConfig.of(resources);
            server.update(state -> ((SnapshotMesh) state).with(mesh.mesh(), mesh.networks()), "mesh configuration");
        }
        if (!delta.isEmpty()) {
            server.update(delta);
        }
    }

    @Override
    public boolean awaitAcknowledged(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                if (server.proxies().stream().allMatch(DiscoveryServer.ProxyStatus::current)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void close() {
        server.close();
    }
}
