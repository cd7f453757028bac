package io.layar.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A proxy, ours or real Envoy, that takes its configuration from a control plane on this machine. */
final class XdsProxy implements AutoCloseable {
    /** Which proxy. */
    enum Kind {
        ENVOY,
        LAYAR
    }

    private final Process process;
    private final int adminPort;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private XdsProxy(Process process, int adminPort, Path log) {
        this.process = process;
        this.adminPort = adminPort;
        this.log = log;
    }

    /** Starts one, or skips the test where there is none. */
    static XdsProxy start(Kind kind, int xdsPort, boolean delta, Path folder) throws IOException {
        int adminPort = freePort();
        Path config = folder.resolve("bootstrap.yaml");
        Files.writeString(config, bootstrap(xdsPort, adminPort, delta));
        Path log = folder.resolve("proxy.log");
        List<String> command = new ArrayList<>(command(kind));
        command.addAll(List.of("-c", config.toString(), "--concurrency", "1", "-l", "info"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new XdsProxy(process, adminPort, log);
    }

    private static List<String> command(Kind kind) {
        if (kind == Kind.LAYAR) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.layar.proxy.server.Main");
        }
        Path binary = Peers.envoy();
        Assumptions.assumeTrue(binary != null, "no Envoy: neither ENVOY_BINARY nor envoy on the PATH");
        return List.of(String.valueOf(binary), "--use-dynamic-base-id");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String bootstrap(int xdsPort, int adminPort, boolean delta) {
        return """
            node:
              id: sidecar~127.0.0.1~app.default~default.svc.cluster.local
              cluster: app.default
            admin:
              address: { socket_address: { address: 127.0.0.1, port_value: %d } }
            dynamic_resources:
              lds_config: { ads: {}, resource_api_version: V3 }
              cds_config: { ads: {}, resource_api_version: V3 }
              ads_config:
                api_type: %s
                transport_api_version: V3
                grpc_services: [{ envoy_grpc: { cluster_name: xds } }]
            static_resources:
              clusters:
              - name: xds
                type: STATIC
                connect_timeout: 1s
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: { http2_protocol_options: {} }
                load_assignment:
                  cluster_name: xds
                  endpoints:
                  - lb_endpoints:
                    - endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: %d } } }
            """.formatted(adminPort, delta ? "DELTA_GRPC" : "GRPC", xdsPort);
    }

    /** Text of an admin page; empty while there is none. */
    String admin(String path) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
