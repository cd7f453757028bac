package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.sun.net.httpserver.HttpServer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.xds.TypeUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our control plane with a real Envoy and with our proxy, both ways of the protocol. */
class XdsProtocolTest {
    @TempDir
    Path folder = Path.of("");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int listenerPort;

    private DiscoveryServer serve(ScriptedMesh mesh, int port) throws IOException {
        DiscoveryServer server = DiscoveryServer.start(
                DiscoverySettings.local(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), mesh));
        open.add(server);
        return server;
    }

    private int backend(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private XdsProxy proxy(XdsProxy.Kind kind, DiscoveryServer server, boolean delta) throws IOException {
        XdsProxy proxy = XdsProxy.start(kind, server.grpcPort(), delta, folder);
        open.addFirst(proxy);
        return proxy;
    }

    private ScriptedMesh mesh() throws IOException {
        listenerPort = XdsProxy.freePort();
        return ScriptedMesh.EMPTY.withListener("web", listenerPort, "web");
    }

    private String get() throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listenerPort + "/"))
                            .timeout(java.time.Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
        } catch (IOException e) {
            return "no answer";
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .pollInterval(java.time.Duration.ofMillis(20))
                .until(condition);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static boolean allCurrent(DiscoveryServer server) throws InterruptedException {
        List<DiscoveryServer.ProxyStatus> proxies = server.proxies();
        return !proxies.isEmpty() && proxies.stream().allMatch(DiscoveryServer.ProxyStatus::current);
    }

    @ParameterizedTest
    @CsvSource({"ENVOY, false", "ENVOY, true", "LAYAR, false", "LAYAR, true"})
    void theProxyServesWhatItIsTold(XdsProxy.Kind kind, boolean delta) throws Exception {
        DiscoveryServer server = serve(mesh().withCluster("a", backend("one")).withRoute("web", "a"), 0);
        proxy(kind, server, delta);
        await(() -> get().equals("one"));
        await(() -> allCurrent(server));
        assertThat(server.proxies().getFirst().watches())
                .extracting(watch -> watch.type().shortName())
                .contains("CDS", "EDS", "LDS", "RDS");
    }

    @ParameterizedTest
    @CsvSource({"ENVOY, false", "ENVOY, true", "LAYAR, false", "LAYAR, true"})
    void clustersAndRoutesAreSwappedWithoutAFailedRequest(XdsProxy.Kind kind, boolean delta) throws Exception {
        int one = backend("one");
        int two = backend("two");
        ScriptedMesh base = mesh();
        DiscoveryServer server = serve(base.withCluster("c0", one).withRoute("web", "c0"), 0);
        proxy(kind, server, delta);
        await(() -> get().equals("one"));
        AtomicBoolean running = new AtomicBoolean(true);
        ConcurrentHashMap<String, AtomicInteger> answers = new ConcurrentHashMap<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                clients.execute(() -> {
                    while (running.get()) {
                        answers.computeIfAbsent(answer(), text -> new AtomicInteger())
                                .incrementAndGet();
                    }
                });
            }
            for (int i = 1; i <= 20; i++) {
                int port = i % 2 == 0 ? one : two;
                String cluster = "c" + i;
                String expected = i % 2 == 0 ? "one" : "two";
                server.update(ignored -> base.withCluster(cluster, port).withRoute("web", cluster), "test");
                await(() -> get().equals(expected));
            }
            running.set(false);
        }
        assertThat(answers.keySet()).containsExactlyInAnyOrder("one", "two");
    }

    private String answer() {
        try {
            return get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @ParameterizedTest
    @CsvSource({"ENVOY, false", "ENVOY, true", "LAYAR, false", "LAYAR, true"})
    void aClusterThatChangedIsWarmWithItsOldEndpoints(XdsProxy.Kind kind, boolean delta) throws Exception {
        ScriptedMesh mesh = mesh().withCluster("a", backend("one")).withRoute("web", "a");
        DiscoveryServer server = serve(mesh, 0);
        XdsProxy proxy = proxy(kind, server, delta);
        await(() -> get().equals("one"));
        Cluster changed = Cluster.parseFrom(Objects.requireNonNull(
                                Objects.requireNonNull(mesh.resources().get(TypeUrl.CLUSTER))
                                        .get("a"))
                        .body()
                        .getValue())
                .toBuilder()
                .setConnectTimeout(Duration.newBuilder().setSeconds(3))
                .build();
        server.update(ignored -> mesh.with(TypeUrl.CLUSTER, "a", changed), "test");
        await(() -> proxy.admin("/config_dump?resource=dynamic_active_clusters").contains("\"3s\""));
        assertThat(get()).isEqualTo("one");
        await(() -> allCurrent(server));
    }

    private static String refusals(DiscoveryServer server) throws InterruptedException {
        StringBuilder errors = new StringBuilder();
        for (DiscoveryServer.ProxyStatus proxy : server.proxies()) {
            proxy.watches().forEach(watch -> errors.append(watch.lastError()));
        }
        return errors.toString();
    }

    @ParameterizedTest
    @CsvSource({"ENVOY, false", "ENVOY, true", "LAYAR, false", "LAYAR, true"})
    void aRefusedClusterLeavesTheOthersAndIsSeen(XdsProxy.Kind kind, boolean delta) throws Exception {
        ScriptedMesh mesh = mesh().withCluster("a", backend("one")).withRoute("web", "a");
        DiscoveryServer server = serve(mesh, 0);
        proxy(kind, server, delta);
        await(() -> get().equals("one"));
        Cluster bad = Cluster.newBuilder()
                .setName("bad")
                .setConnectTimeout(Duration.newBuilder().setSeconds(-1))
                .build();
        server.update(ignored -> mesh.with(TypeUrl.CLUSTER, "bad", bad), "test");
        await(() -> !refusals(server).isEmpty());
        assertThat(refusals(server)).contains(kind == XdsProxy.Kind.ENVOY ? "seconds: -1" : "bad: connect_timeout: ");
        int two = backend("two");
        server.update(ignored -> mesh.withCluster("b", two).withRoute("web", "b"), "test");
        await(() -> get().equals("two"));
        await(() -> allCurrent(server));
    }

    @ParameterizedTest
    @CsvSource({"ENVOY, false", "ENVOY, true", "LAYAR, false", "LAYAR, true"})
    void theProxyServesOnWhileTheControlPlaneIsAwayAndTakesItsNewState(XdsProxy.Kind kind, boolean delta)
            throws Exception {
        ScriptedMesh mesh = mesh();
        DiscoveryServer server = serve(mesh.withCluster("a", backend("one")).withRoute("web", "a"), 0);
        proxy(kind, server, delta);
        await(() -> get().equals("one"));
        int port = server.grpcPort();
        server.close();
        assertThat(get()).isEqualTo("one");
        int two = backend("two");
        DiscoveryServer second = serve(mesh.withCluster("b", two).withRoute("web", "b"), port);
        await(() -> get().equals("two"));
        await(() -> allCurrent(second));
    }
}
