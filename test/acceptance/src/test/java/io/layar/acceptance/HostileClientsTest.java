package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the proxy does with clients that mean harm, while a good client goes on beside them. Statuses: as real Envoy answers. */
class HostileClientsTest {
    private static final String BOOTSTRAP = """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: @admin@}}}
        static_resources:
          listeners:
          - name: http
            address: {socket_address: {address: 127.0.0.1, port_value: @port@}}
            filter_chains:
            - filters:
              - name: envoy.filters.network.http_connection_manager
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: http
                  request_headers_timeout: 1s
                  stream_idle_timeout: 2s
                  route_config:
                    virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                      - match: {prefix: /fragile}
                        route: {cluster: fragile}
                      - match: {prefix: /}
                        route: {cluster: backend}
                  http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
          clusters:
          - name: backend
            type: STATIC
            connect_timeout: 1s
            load_assignment:
              cluster_name: backend
              endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @backend@}}}}]}]
          - name: fragile
            type: STATIC
            connect_timeout: 1s
            load_assignment:
              cluster_name: fragile
              endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @fragile@}}}}]}]
        """;

    /** More than an attack may cost for good. Units: MiB. */
    private static final long MOST_GROWTH = 64;

    private static final long MOST_BYTES = 32L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final Set<String> PATHS = ConcurrentHashMap.newKeySet();
    private static @Nullable ProxyUnderTest running;
    private static @Nullable HttpServer backend;
    private static int fragilePort;

    @BeforeAll
    static void start() throws Exception {
        HttpServer server = server(0);
        backend = server;
        fragilePort = ProxyUnderTest.freePort();
        running = ProxyUnderTest.start(
                folder,
                BOOTSTRAP
                        .replace("@backend@", String.valueOf(server.getAddress().getPort()))
                        .replace("@fragile@", String.valueOf(fragilePort)));
        assertThat(get("/first")).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
        if (backend != null) {
            backend.stop(0);
        }
    }

    private static HttpServer server(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            PATHS.add(exchange.getRequestURI().getPath());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static ProxyUnderTest proxy() {
        return Objects.requireNonNull(running);
    }

    private static int get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return get(client, path);
        }
    }

    private static int get(HttpClient client, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy().port + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** The result of {@code attack}, during which a good client got nothing but good answers and memory did not grow. */
    private static <T> T undisturbed(Callable<T> attack) throws Exception {
        long before = proxy().residentMebibytes();
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
        T result;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newHttpClient()) {
            var good = threads.submit(() -> {
                do {
                    answers.add(get(client, "/good"));
                } while (!over.get());
                return answers.size();
            });
            try {
                result = attack.call();
            } finally {
                over.set(true);
            }
            assertThat(good.get()).isPositive();
        }
        assertThat(answers).containsOnly(200);
        assertThat(proxy().residentMebibytes()).isLessThan(before + MOST_GROWTH);
        return result;
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy().port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status of the next answer; empty when the connection ends without one. */
    private static String status(Socket socket) throws IOException {
        String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        return line.isEmpty() ? "" : line.substring("HTTP/1.1 ".length());
    }

    @ParameterizedTest
    @EnumSource
    void aFloodEndsItsConnectionAndNoOther(Http2Flood flood) throws Exception {
        assertThat(undisturbed(() -> flood.runUntilEnded(proxy().port, MOST_BYTES, PATIENCE)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Content-Length: 6\\r\\nTransfer-Encoding: chunked!0\\r\\n\\r\\n!400",
                "Transfer-Encoding: chunked\\r\\nContent-Length: 4!23\\r\\n!400",
                "Content-Length: 0\\r\\nContent-Length: 37!!400",
                "Content-Length: 0, 0!!400",
                "Content-Length: +0!!400",
                "Content-Length : 37!!400",
                "Transfer-Encoding : chunked!0\\r\\n\\r\\n!400",
                "Transfer-Encoding: xchunked!0\\r\\n\\r\\n!501",
                "Transfer-Encoding: chunked, identity!0\\r\\n\\r\\n!501",
                "Transfer-Encoding: chunked\\r\\nTransfer-Encoding: x!0\\r\\n\\r\\n!501",
                "Transfer-Encoding: \\013chunked!0\\r\\n\\r\\n!400",
                "Transfer-Encoding: chunked!-1\\r\\n\\r\\n!400",
                "Transfer-Encoding: chunked!1\\r\\naXX0\\r\\n\\r\\n!400",
                "Transfer-Encoding: chunked!1\\nx\\n0\\n\\n!400",
                "Connection: transfer-encoding\\r"
                        + "\\n"
                        + "Transfer-Encoding: chunked\\r"
                        + "\\n"
                        + "Content-Length: 0!0\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "!400",
                "x y: z!!400",
                ": z!!400"
            })
    void aRequestOfDoubtfulLengthHidesNoOther(String headers, @Nullable String body, String expected) throws Exception {
        String text = "POST / HTTP/1.1\r\nHost: a\r\n" + headers.translateEscapes() + "\r\n\r\n"
                + (body == null ? "" : body.translateEscapes()) + HIDDEN;
        try (Socket socket = connect()) {
            send(socket, text);
            assertThat(status(socket)).isEqualTo(expected);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(PATHS).doesNotContain("/smuggled");
    }

    @Test
    void aFoldedLineIsPartOfTheLineBeforeIt() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "POST /folded HTTP/1.1\r\n"
                            + "Host: a\r\n"
                            + "x: y\r\n"
                            + " Transfer-Encoding: chunked\r\n"
                            + "Content-Length: 0\r\n\r\n");
            assertThat(status(socket)).isEqualTo("200");
        }
    }

    @Test
    void slowClientsAreGivenUpInTime() throws Exception {
        List<String> answers = undisturbed(() -> {
            List<Socket> sockets = new ArrayList<>();
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Socket socket = connect();
                sockets.add(socket);
                send(
                        socket,
                        i % 2 == 0
                                ? "GET / HTTP/1.1\r\nHost: a\r\nx-"
                                : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
            }
            for (Socket socket : sockets) {
                try (socket) {
                    all.add(status(socket));
                }
            }
            return all;
        });
        assertThat(answers).hasSize(300).containsOnly("408");
    }

    @ParameterizedTest
    @CsvSource({"'GET / HTTP/1.1\\r\\nHo'", "'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 9\\r\\n\\r\\nx'", "''"})
    void aHalfClosedClientIsClosedWithoutAnAnswer(String begun) throws Exception {
        try (Socket socket = connect()) {
            send(socket, begun.translateEscapes());
            socket.shutdownOutput();
            assertThat(status(socket)).isEmpty();
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        String answer = undisturbed(() -> {
            try (Socket socket = connect()) {
                send(socket, "GET / HTTP/1.1\r\nHost: a\r\nx: " + "y".repeat(70_000));
                return status(socket);
            }
        });
        assertThat(answer).isEqualTo("431");
    }

    @Test
    void aBackendThatDiesAndComesBackDisturbsNoOther() throws Exception {
        HttpServer fragile = server(fragilePort);
        assertThat(get("/fragile")).isEqualTo(200);
        int without = undisturbed(() -> {
            fragile.stop(0);
            return get("/fragile");
        });
        assertThat(without).isEqualTo(503);
        HttpServer again = server(fragilePort);
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> get("/fragile") == 200);
        } finally {
            again.stop(0);
        }
    }
}
