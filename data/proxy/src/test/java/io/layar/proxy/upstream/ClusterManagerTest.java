package io.layar.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.codec.ResponseReceiver;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Priority;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.lb.LoadBalancerContext;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.StatsStore;
import io.layar.proxy.http.UpstreamCodecs;
import io.layar.proxy.network.Services;
import io.layar.proxy.transport.TlsTransports;
import io.layar.proxy.transport.UpstreamTransports;
import io.layar.proxy.worker.SocketTypes;
import io.layar.proxy.worker.Worker;
import io.layar.proxy.worker.Workers;
import io.layar.proxy.xds.Subscriptions;
import io.layar.proxy.xds.Watcher;
import io.layar.xds.TypeUrl;
import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters, pools and their updates over real sockets of the loopback. */
class ClusterManagerTest {
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Worker worker = new Worker(
            0,
            loop.next(),
            new SocketTypes(
                    false, _ -> new NioSocketChannel(), _ -> new NioServerSocketChannel(), NioDatagramChannel.class));
    private final StatsStore stats = new StatsStore();
    private final FakeSubscriptions subscriptions = new FakeSubscriptions();
    private final Services services = new Services(
            stats, new RuntimeValues(), new Workers(worker, List.of(worker)), new Services.Node("n", "c", "", "", ""));
    private final ClusterManager manager = manager();

    private ClusterManager manager() {
        services.provide(UpstreamTransports.class, new TlsTransports(services));
        services.provide(ClientCodecs.class, new UpstreamCodecs());
        services.provide(Subscriptions.class, subscriptions);
        return new ClusterManager(services);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Brings endpoints by hand. */
    private static final class FakeSubscriptions implements Subscriptions {
        private @Nullable Watcher<ClusterLoadAssignment> watcher;

        @Override
        @SuppressWarnings("unchecked")
        public <M extends Message> Runnable watch(
                TypeUrl kind, Class<M> type, ConfigSource source, String name, Watcher<M> newWatcher) {
            watcher = (Watcher<ClusterLoadAssignment>) newWatcher;
            return () -> {};
        }

        void bring(ClusterLoadAssignment assignment) {
            Objects.requireNonNull(watcher).arrived(assignment, "1");
        }
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return worker.loop().submit(task).get(10, TimeUnit.SECONDS);
    }

    private static Cluster.Builder cluster(int... ports) {
        return Cluster.newBuilder()
                .setName("c")
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(assignment(ports));
    }

    private static ClusterLoadAssignment assignment(int... ports) {
        LocalityLbEndpoints.Builder group = LocalityLbEndpoints.newBuilder();
        for (int port : ports) {
            group.addLbEndpoints(LbEndpoint.newBuilder()
                    .setEndpoint(Endpoint.newBuilder()
                            .setAddress(Address.newBuilder()
                                    .setSocketAddress(SocketAddress.newBuilder()
                                            .setAddress("127.0.0.1")
                                            .setPortValue(port)))));
        }
        return ClusterLoadAssignment.newBuilder()
                .setClusterName("c")
                .addEndpoints(group)
                .build();
    }

    /** One request: what happens to it comes as words. */
    private final class Request implements PoolCallbacks, ResponseReceiver {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        void begin() throws Exception {
            onLoop(() -> {
                WorkerCluster cluster =
                        Objects.requireNonNull(manager.worker(worker).cluster("c"));
                Host host = cluster.chooseHost(LoadBalancerContext.NONE);
                if (host == null) {
                    events.add("no host");
                } else {
                    cluster.httpPool(host, Priority.DEFAULT, null, null).newStream(this, this);
                }
                return true;
            });
        }

        String next() throws InterruptedException {
            return String.valueOf(events.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public void onReady(RequestSender sender, Host host, UpstreamConnection connection) {
            events.add("ready " + connection.id());
            HeaderMap headers = new HeaderMap();
            headers.add(HeaderNames.METHOD, "GET").add(HeaderNames.PATH, "/").add(HeaderNames.AUTHORITY, "a");
            sender.sendHeaders(headers, true);
        }

        @Override
        public void onFailure(PoolFailure failure, String transportFailure, @Nullable Host host) {
            events.add(failure + " " + transportFailure);
        }

        @Override
        public void onHeaders(HeaderMap headers, boolean endStream) {
            events.add("status " + headers.get(HeaderNames.STATUS));
        }

        @Override
        public void onInformational(HeaderMap headers) {}

        @Override
        public void onData(ByteBuf data, boolean endStream) {
            data.release();
        }

        @Override
        public void onTrailers(HeaderMap trailers) {}

        @Override
        public void onReset(ResetReason reason, String details) {
            events.add("reset " + reason);
        }

        @Override
        public void onWritabilityChanged(boolean writable) {}
    }

    private Request request() throws Exception {
        Request request = new Request();
        request.begin();
        return request;
    }

    private long counter(String leaf) {
        return stats.scope("cluster.c.").counter(leaf).value();
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (Backend backend = new Backend()) {
            onLoop(() -> manager.put(cluster(backend.port()).build(), ""));
            Request first = request();
            String ready = first.next();
            backend.answer();
            assertThat(first.next()).isEqualTo("status 200");
            Request second = request();
            assertThat(second.next()).isEqualTo(ready);
            backend.answer();
            assertThat(second.next()).isEqualTo("status 200");
            assertThat(counter("upstream_cx_total")).isEqualTo(1);
        }
    }

    @Test
    void oneWaitsAndTheNextOverflows() throws Exception {
        try (Backend backend = new Backend()) {
            Cluster.Builder proto = cluster(backend.port());
            proto.getCircuitBreakersBuilder()
                    .addThresholds(Thresholds.newBuilder()
                            .setMaxConnections(UInt32Value.of(1))
                            .setMaxPendingRequests(UInt32Value.of(1)));
            onLoop(() -> manager.put(proto.build(), ""));
            Request active = request();
            assertThat(active.next()).startsWith("ready");
            Request waiting = request();
            Request refused = request();
            assertThat(refused.next()).isEqualTo("OVERFLOW ");
            backend.answer();
            assertThat(waiting.next()).startsWith("ready");
            assertThat(counter("upstream_cx_overflow")).isEqualTo(1);
            assertThat(counter("upstream_rq_pending_overflow")).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnectionSaysWhy() throws Exception {
        int port;
        try (Backend backend = new Backend()) {
            port = backend.port();
        }
        int closed = port;
        onLoop(() -> manager.put(cluster(closed).build(), ""));
        assertThat(request().next()).isEqualTo("REMOTE_CONNECTION_FAILURE delayed connect error: Connection refused");
        assertThat(counter("upstream_cx_connect_fail")).isEqualTo(1);
    }

    @Test
    void aBackendThatDiesResetsItsStream() throws Exception {
        try (Backend backend = new Backend()) {
            onLoop(() -> manager.put(cluster(backend.port()).build(), ""));
            Request request = request();
            assertThat(request.next()).startsWith("ready");
            backend.closeConnection();
            assertThat(request.next()).isEqualTo("reset CONNECTION_TERMINATION");
        }
    }

    @Test
    void endpointsChangeWithoutTouchingThePoolsOfThoseThatStay() throws Exception {
        try (Backend stays = new Backend();
                Backend leaves = new Backend()) {
            Cluster eds = Cluster.newBuilder()
                    .setName("c")
                    .setType(Cluster.DiscoveryType.EDS)
                    .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder())
                    .build();
            onLoop(() -> manager.put(eds, "1"));
            assertThat(onLoop(() -> manager.worker(worker).cluster("c") == null))
                    .isTrue();
            onLoop(() -> {
                subscriptions.bring(assignment(stays.port()));
                return true;
            });
            Request first = request();
            String ready = first.next();
            stays.answer();
            first.next();
            onLoop(() -> {
                subscriptions.bring(assignment(leaves.port(), stays.port()));
                subscriptions.bring(assignment(stays.port()));
                return manager.put(eds, "2");
            });
            assertThat(request().next()).isEqualTo(ready);
            onLoop(() -> {
                subscriptions.bring(assignment());
                return true;
            });
            assertThat(request().next()).isEqualTo("no host");
            assertThat(counter("upstream_cx_none_healthy")).isEqualTo(1);
        }
    }

    @Test
    void anEqualClusterIsNoUpdate() throws Exception {
        assertThat(onLoop(() -> manager.put(cluster(1).build(), ""))).isTrue();
        assertThat(onLoop(() -> manager.put(cluster(1).build(), ""))).isFalse();
        assertThat(onLoop(() -> manager.put(cluster(2).build(), ""))).isTrue();
    }

    /** Accepts connections and answers when told to. */
    private static final class Backend implements AutoCloseable {
        private final java.net.ServerSocket server;
        private final BlockingQueue<java.net.Socket> sockets = new LinkedBlockingQueue<>();
        private java.net.@Nullable Socket current;

        Backend() throws IOException {
            server = new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        sockets.add(server.accept());
                    }
                } catch (IOException e) {
                    // Closed: the test is over.
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        private java.net.Socket socket() throws InterruptedException {
            java.net.Socket known = current != null ? current : sockets.poll(10, TimeUnit.SECONDS);
            current = known;
            return Objects.requireNonNull(known);
        }

        /** Reads one request to its empty line and answers it. */
        void answer() throws Exception {
            java.net.Socket socket = socket();
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("\r\n\r\n") < 0) {
                seen.append((char) socket.getInputStream().read());
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        void closeConnection() throws Exception {
            socket().close();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
