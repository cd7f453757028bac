package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.layar.xds.Sharing;
import io.layar.xds.session.DeltaSession;
import io.layar.xds.session.Session;
import io.layar.xds.session.SotwRequest;
import io.layar.xds.session.SotwSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves xDS over gRPC on one or more addresses: aggregated and single-kind services, state of the world and delta.
 *
 * <p>Thread: any. The transport's threads only decode, acknowledge and write; resources are built by as many workers as there
 * are processors.
 */
public final class XdsServer implements AutoCloseable {
    private static final long PATIENCE_CHECK_MILLIS = 250;

    private final XdsApplication application;
    private final Sharing sharing = new Sharing();
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final ConcurrentHashMap<String, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final List<Server> servers = new ArrayList<>();

    private XdsServer(XdsApplication application) {
        this.application = application;
        this.workers = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()), threads("xds-worker-%d"));
        this.timer = Executors.newSingleThreadScheduledExecutor(threads("xds-timer"));
    }

    private static ThreadFactory threads(String format) {
        return new ThreadFactoryBuilder().setDaemon(true).setNameFormat(format).build();
    }

    /** Binds all addresses, or none and throws. */
    public static XdsServer start(XdsApplication application, Collection<XdsServerSettings> addresses)
            throws IOException {
        XdsServer server = new XdsServer(application);
        try {
            for (XdsServerSettings settings : addresses) {
                server.servers.add(server.bind(settings));
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
        long patience = addresses.stream()
                .mapToLong(settings -> settings.limits().patience().toNanos())
                .min()
                .orElse(Long.MAX_VALUE);
        var unused = server.timer.scheduleWithFixedDelay(
                () -> server.connections
                        .values()
                        .forEach(connection -> connection.checkPatience(System.nanoTime(), patience)),
                PATIENCE_CHECK_MILLIS,
                PATIENCE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
        return server;
    }

    private Server bind(XdsServerSettings settings) throws IOException {
        XdsServerSettings.Limits limits = settings.limits();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(settings.address())
                .directExecutor()
                .maxInboundMessageSize(limits.maxRequestBytes())
                .maxConcurrentCallsPerConnection(limits.maxStreams())
                .keepAliveTime(limits.keepAlive().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(limits.keepAlive().toNanos() / 2, TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionAge(limits.maxConnectionAge().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionAgeGrace(10, TimeUnit.SECONDS);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls()).intercept(PeerCertificate.INTERCEPTOR);
        }
        builder.intercept(PeerAddress.INTERCEPTOR);
        DiscoveryServices.of(this::openSotw, this::openDelta).forEach(builder::addService);
        settings.moreServices().forEach(builder::addService);
        return builder.build().start();
    }

    /** The bound addresses, in the order of the settings. */
    public ImmutableList<InetSocketAddress> addresses() {
        return servers.stream()
                .map(server -> (InetSocketAddress) server.getListenSockets().getFirst())
                .collect(ImmutableList.toImmutableList());
    }

    /** The open streams whose client has introduced itself. */
    public Collection<Connection> connections() {
        return connections.values();
    }

    /** What sessions share; {@link Sharing#endOfPush} is its owner's to call. */
    public Sharing sharing() {
        return sharing;
    }

    /** Tells every stream that something may have changed. */
    public void pushAll() {
        connections.values().forEach(Connection::push);
    }

    /** Takes no new streams and lets the open ones go on until {@code seconds} are over. */
    public void drain(long seconds) throws InterruptedException {
        servers.forEach(Server::shutdown);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Server server : servers) {
            if (!server.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                server.shutdownNow();
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
        timer.shutdownNow();
        try {
            // Streams that end now still hand their last task to the workers.
            for (Server server : servers) {
                server.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdown();
    }

    private StreamObserver<SotwRequest> openSotw(ServerCallStreamObserver<DiscoveryResponse> out, String kind) {
        return new Incoming<>(
                new SotwSession(sharing),
                out,
                new Incoming.Reader<>() {
                    @Override
                    public Node node(SotwRequest request) {
                        return request.node();
                    }

                    @Override
                    public SotwRequest withKind(SotwRequest request) {
                        return kind.isEmpty() ? request : request.withTypeUrl(kind);
                    }
                },
                host(false));
    }

    private StreamObserver<DeltaDiscoveryRequest> openDelta(
            ServerCallStreamObserver<DeltaDiscoveryResponse> out, String kind) {
        return new Incoming<>(
                new DeltaSession(sharing),
                out,
                new Incoming.Reader<>() {
                    @Override
                    public Node node(DeltaDiscoveryRequest request) {
                        return request.getNode();
                    }

                    @Override
                    public DeltaDiscoveryRequest withKind(DeltaDiscoveryRequest request) {
                        return kind.isEmpty()
                                ? request
                                : request.toBuilder().setTypeUrl(kind).build();
                    }
                },
                host(true));
    }

    private Incoming.Host host(boolean delta) {
        String peer = PeerAddress.KEY.get();
        ImmutableList<String> principals = PeerCertificate.KEY.get();
        return new Incoming.Host() {
            @Override
            public <Q, R> Connection open(Node node, Session<Q, R> session, ServerCallStreamObserver<R> out) {
                String id = node.getId() + "-" + nextId.getAndIncrement();
                ClientInfo info = new ClientInfo(id, node, peer, principals, Instant.now(), delta);
                Connection connection =
                        new Connection(info, application.accept(info), new Connection.Stream<>(session, out), workers);
                connections.put(id, connection);
                return connection;
            }

            @Override
            public void closed(Connection connection) {
                connections.remove(connection.info().connectionId());
                connection.close();
            }
        };
    }
}
