package io.layar.local;

import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.discovery.push.MeshState;
import io.layar.local.cluster.LoopbackRewrite;
import io.layar.local.network.PodNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The control plane of a local mesh: the daemon's own server, in this process. Thread: the mesh's loop, and the leaving pods'. */
final class EmbeddedControlPlane implements ControlPlane {
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final DiscoveryServer server;
    private ConfigSet last = ConfigSet.EMPTY;

    private EmbeddedControlPlane(DiscoveryServer server) {
        this.server = server;
    }

    static EmbeddedControlPlane start(PodNetwork network, MeshState initial) throws IOException {
        DiscoverySettings settings =
                DiscoverySettings.local(new InetSocketAddress(network.hostAddress(), 0), initial);
        if (network.name().equals("none")) {
            settings = settings.withRewrite(new LoopbackRewrite());
        }
        return new EmbeddedControlPlane(DiscoveryServer.start(settings));
    }

    @Override
    public int port() {
        return server.grpcPort();
    }

    @Override
    public void update(ConfigSet resources) {
        ConfigDelta delta = last.deltaTo(resources);
        last = resources;
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
