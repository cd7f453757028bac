package io.layar.discovery;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Interners;
import io.grpc.Status;
import io.layar.config.ConfigDelta;
import io.layar.discovery.debug.DebugPages;
import io.layar.discovery.debug.PageServer;
import io.layar.discovery.metrics.DiscoveryMetrics;
import io.layar.discovery.push.Era;
import io.layar.discovery.push.MeshState;
import io.layar.discovery.push.Nodes;
import io.layar.discovery.push.ProxyClient;
import io.layar.discovery.push.PushLoop;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.server.ClientInfo;
import io.layar.xds.server.Connection;
import io.layar.xds.server.XdsApplication;
import io.layar.xds.server.XdsServer;
import io.layar.xds.session.WatchStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running control plane: takes changes of the configuration, and keeps all connected proxies up to date.
 *
 * <p>Thread: any. It has no statics and never ends the process: a program may run several.
 */
public final class DiscoveryServer implements AutoCloseable {
    private final DiscoveryMetrics metrics;
    private final PushLoop loop;
    private final XdsServer xds;
    private final @Nullable PageServer debug;
    private final @Nullable PageServer monitoring;
    private volatile boolean ready;

    private DiscoveryServer(DiscoverySettings settings) throws IOException {
        metrics = new DiscoveryMetrics(settings.version(), this::connected);
        Era first = Era.first(settings.initial(), new Era.Shared(settings.rewrite(), Interners.newWeakInterner()));
        loop = new PushLoop(first, settings.debounce(), metrics, this::announce);
        xds = XdsServer.start(this::accept, settings.xds());
        DebugPages.Sources sources = new DebugPages.Sources(
                loop::era, xds::connections, xds::pushAll, () -> ready, metrics, settings.version());
        InetSocketAddress debugAddress = settings.debug();
        debug = debugAddress == null ? null : PageServer.start(debugAddress, DebugPages.debug(sources));
        InetSocketAddress monitoringAddress = settings.monitoring();
        monitoring =
                monitoringAddress == null ? null : PageServer.start(monitoringAddress, DebugPages.monitoring(sources));
        loop.start();
    }

    /** Binds all ports and serves. */
    public static DiscoveryServer start(DiscoverySettings settings) throws IOException {
        return new DiscoveryServer(settings);
    }

    /** Objects were added, changed or removed. */
    public void update(ConfigDelta delta) {
        loop.submit(delta);
    }

    /** Something that everything depends on was changed, the mesh configuration for one. */
    public void update(UnaryOperator<MeshState> whole, String reason) {
        loop.submit(whole, reason);
    }

    /** All sources have told what they had at the start: {@code /ready} says so. */
    public void markReady() {
        ready = true;
    }

    /** Bound addresses in the order of the settings. */
    public ImmutableList<InetSocketAddress> grpcAddresses() {
        return xds.addresses();
    }

    public int grpcPort() {
        return xds.addresses().getFirst().getPort();
    }

    /** The debug port; 0 where there is none. */
    public int debugPort() {
        PageServer server = debug;
        return server == null ? 0 : server.port();
    }

    /** The monitoring port; 0 where there is none. */
    public int monitoringPort() {
        PageServer server = monitoring;
        return server == null ? 0 : server.port();
    }

    /** The state that proxies are offered now. */
    public MeshState state() {
        return loop.era().state();
    }

    /** Version of the state that proxies are offered now; grows with each push. */
    public long version() {
        return Long.parseLong(loop.era().version());
    }

    public DiscoveryMetrics metrics() {
        return metrics;
    }

    /** One connected proxy: what it is, and how far it is. {@code current} means it has taken all there is, without an error. */
    public record ProxyStatus(Proxy proxy, String connectionId, boolean current, ImmutableList<WatchStatus> watches) {}

    /** All connected proxies as of now. */
    public List<ProxyStatus> proxies() throws InterruptedException {
        List<ProxyStatus> all = new ArrayList<>();
        for (Connection connection : xds.connections()) {
            if (connection.client() instanceof ProxyClient client) {
                try {
                    ImmutableList<WatchStatus> watches = connection.status().get(10, TimeUnit.SECONDS);
                    boolean current = !watches.isEmpty()
                            && client.era() == loop.era()
                            && watches.stream()
                                    .noneMatch(watch -> watch.refused()
                                            || !watch.nonceSent().equals(watch.nonceAcked()));
                    all.add(new ProxyStatus(client.proxy(), connection.info().connectionId(), current, watches));
                } catch (ExecutionException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return all;
    }

    /** Takes no new proxies, lets the connected ones go on for this long, then stops. */
    public void stop(Duration grace) throws InterruptedException {
        ready = false;
        loop.close();
        xds.drain(grace.toSeconds());
        close();
    }

    @Override
    public void close() {
        ready = false;
        loop.close();
        xds.close();
        for (PageServer server : pageServers()) {
            server.close();
        }
    }

    private Collection<PageServer> pageServers() {
        List<PageServer> servers = new ArrayList<>();
        if (debug != null) {
            servers.add(debug);
        }
        if (monitoring != null) {
            servers.add(monitoring);
        }
        return servers;
    }

    private int connected() {
        return xds.connections().size();
    }

    private void announce(Era era) {
        xds.sharing().endOfPush();
        xds.pushAll();
    }

    private XdsApplication.Client accept(ClientInfo info) {
        Proxy proxy;
        try {
            proxy = Nodes.proxyOf(info.node());
        } catch (IllegalArgumentException e) {
            throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
        }
        return new ProxyClient(info, proxy, loop::era, metrics);
    }
}
