package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gRPC's own interoperability client and server, with the proxy between. */
class GrpcInteropTest {
    private static final String BOOTSTRAP = """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: @admin@}}}
        static_resources:
          listeners:
          - name: grpc
            address: {socket_address: {address: 127.0.0.1, port_value: @port@}}
            filter_chains:
            - filters:
              - name: envoy.filters.network.http_connection_manager
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  stat_prefix: grpc
                  route_config:
                    virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                      - match: {prefix: /}
                        route: {cluster: backend, timeout: 0s, max_stream_duration: {grpc_timeout_header_max: 0s}}
                  http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
          clusters:
          - name: backend
            type: STATIC
            connect_timeout: 1s
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {http2_protocol_options: {}}
            load_assignment:
              cluster_name: backend
              endpoints:
              - lb_endpoints:
                - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @backend@}}}
        """;

    private static final int CASE_SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Process server;

    @SuppressWarnings("NullAway.Init")
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void startServerAndProxy() throws IOException {
        int port = ProxyUnderTest.freePort();
        server = java("TestServiceServer", "--port=" + port, "--use_tls=false").start();
        proxy = ProxyUnderTest.start(folder, BOOTSTRAP.replace("@backend@", String.valueOf(port)));
        Awaitility.await("the interop server listens")
                .atMost(Duration.ofSeconds(30))
                .until(() -> listens(port));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.destroy();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static ProcessBuilder java(String program, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "io.grpc.testing.integration." + program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".out").toFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty_unary",
                "large_unary",
                "client_streaming",
                "server_streaming",
                "ping_pong",
                "empty_stream",
                "custom_metadata",
                "status_code_and_message",
                "special_status_message",
                "unimplemented_method",
                "unimplemented_service",
                "cancel_after_begin",
                "cancel_after_first_response",
                "timeout_on_sleeping_server",
            })
    void theInteropCasePassesThroughTheProxy(String interopCase) throws Exception {
        Process client = java(
                        "TestServiceClient",
                        "--server_host=127.0.0.1",
                        "--server_port=" + proxy.port,
                        "--use_tls=false",
                        "--test_case=" + interopCase)
                .start();
        assertThat(client.waitFor(CASE_SECONDS, TimeUnit.SECONDS))
                .as("an end in time")
                .isTrue();
        assertThat(client.exitValue())
                .as(Files.readString(folder.resolve("TestServiceClient.out")))
                .isZero();
    }
}
