package io.layar.xds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import io.layar.xds.client.AdsClient;
import io.layar.xds.client.AdsMethods;
import io.layar.xds.client.BackOff;
import io.layar.xds.client.ClientSession;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import io.layar.xds.session.Received;
import io.layar.xds.session.Sent;
import io.layar.xds.session.WatchStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against our server over a real socket, both ways of the protocol. */
class AdsLoopTest {
    private volatile ResourceSet world = clusters("a");
    private final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private volatile Function<Update, Verdict> judge = update -> Verdict.ACCEPTED;
    private XdsServer server = start(0);
    private @Nullable AdsClient<?, ?> client;

    private static ResourceSet clusters(String... names) {
        return ResourceSet.of(List.of(names).stream()
                .map(name ->
                        XdsResource.of(name, Cluster.newBuilder().setName(name).build()))
                .toList());
    }

    private XdsServer start(int port) {
        try {
            return XdsServer.start(
                    info -> new Told(),
                    List.of(XdsServerSettings.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Told implements XdsApplication.Client {
        @Override
        public Offer resources(TypeUrl type, Subscription subscription) {
            return new Offer(type.equals(TypeUrl.CLUSTER) ? world : ResourceSet.EMPTY, "v");
        }

        @Override
        public void received(Received one) {
            received.add(one);
        }

        @Override
        public void sent(Sent<?> sent, long nanos) {
            assertThat(nanos).isPositive();
        }

        @Override
        public void closed() {}
    }

    private AdsClient<?, ?> client(InetSocketAddress address, boolean delta) {
        Node node = Node.newBuilder().setId("sidecar~10.0.0.1~a.b~c").build();
        return delta
                ? client(address, AdsMethods.delta(), ClientSession.delta(node))
                : client(address, AdsMethods.stateOfTheWorld(), ClientSession.stateOfTheWorld(node));
    }

    private <Q, R> AdsClient<Q, R> client(
            InetSocketAddress address, MethodDescriptor<Q, R> method, ClientSession<Q, R> session) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(address).usePlaintext().build();
        AdsClient.Handler handler = update -> {
            updates.add(update);
            return judge.apply(update);
        };
        return new AdsClient<>(
                channel,
                method,
                session,
                handler,
                loop,
                new BackOff(Duration.ofMillis(20), Duration.ofMillis(100), new Random(1)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        AdsClient<?, ?> running = client;
        if (running != null) {
            loop.execute(running::stop);
        }
        loop.shutdown();
        assertThat(loop.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    private void connect(boolean delta) {
        AdsClient<?, ?> made = client(server.addresses().getFirst(), delta);
        client = made;
        loop.execute(() -> {
            made.watch(TypeUrl.CLUSTER, Subscription.EVERYTHING);
            made.connect();
        });
    }

    private Update update() throws InterruptedException {
        Update update = updates.poll(10, TimeUnit.SECONDS);
        assertThat(update).as("an update within ten seconds").isNotNull();
        return Objects.requireNonNull(update);
    }

    private void await(Class<? extends Received> kind) throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        while (next != null && !kind.isInstance(next)) {
            next = received.poll(10, TimeUnit.SECONDS);
        }
        assertThat(next).isInstanceOf(kind);
    }

    private static List<String> names(Update update) {
        return update.resources().stream().map(Update.Item::name).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeReachesTheClientAndIsAcknowledged(boolean delta) throws Exception {
        connect(delta);
        assertThat(names(update())).containsExactly("a");
        await(Received.Acknowledged.class);
        world = clusters("a", "b");
        server.pushAll();
        assertThat(names(update())).isEqualTo(delta ? List.of("b") : List.of("a", "b"));
        await(Received.Acknowledged.class);
        Connection connection = server.connections().iterator().next();
        ImmutableList<WatchStatus> status = connection.status().get(5, TimeUnit.SECONDS);
        assertThat(status).hasSize(1);
        assertThat(status.getFirst().synced()).isTrue();
        assertThat(connection.info().delta()).isEqualTo(delta);
        assertThat(connection.info().peer()).startsWith("127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalReachesTheServer(boolean delta) throws Exception {
        judge = update -> new Verdict(ImmutableSet.of("a"), "a: no");
        connect(delta);
        update();
        await(Received.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientComesBackToANewServer(boolean delta) throws Exception {
        connect(delta);
        update();
        int port = server.addresses().getFirst().getPort();
        server.close();
        world = clusters("a", "b");
        server = start(port);
        assertThat(names(update())).isEqualTo(delta ? List.of("b") : List.of("a", "b"));
    }
}
