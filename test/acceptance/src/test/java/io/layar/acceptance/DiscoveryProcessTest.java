package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code layar discovery} as a process of its own, with the sample's folder and a proxy that takes its configuration. */
class DiscoveryProcessTest {
    private static final int OK = 200;

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> get(int port, String path) throws InterruptedException, IOException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(XdsProxy.Kind.class)
    void servesAFolderToAProxyAndEndsOnRequest(XdsProxy.Kind kind) throws Exception {
        // There is nobody here to give the proxy an identity: its clusters would wait for one.
        Path mesh = Files.writeString(folder.resolve("mesh.yaml"), "enableAutoMtls: false\n");
        int xds = XdsProxy.freePort();
        int pages = XdsProxy.freePort();
        int monitoring = XdsProxy.freePort();
        LayarProcess discovery = LayarProcess.start(
                folder,
                Map.of(),
                List.of(),
                "discovery",
                "--configDir",
                LayarProcess.ROOT.resolve("samples/bookinfo").toString(),
                "--meshConfig",
                mesh.toString(),
                "--grpcAddr",
                "127.0.0.1:" + xds,
                "--secureGRPCAddr",
                "",
                "--httpsAddr",
                "",
                "--httpAddr",
                "127.0.0.1:" + pages,
                "--monitoringAddr",
                "127.0.0.1:" + monitoring,
                "--shutdownDuration",
                "1s");
        try (discovery) {
            discovery.awaitOutput("discovery ready", Duration.ofSeconds(60));
            assertThat(get(pages, "/ready").statusCode()).isEqualTo(OK);
            try (XdsProxy proxy = XdsProxy.start(kind, xds, true, folder)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(proxy.admin("/clusters"))
                                .contains("outbound|9080|v3|reviews.default.svc.cluster.local"));
                assertThat(get(pages, "/debug/syncz").body()).contains("\"proxy\": \"app.default\"");
                assertThat(get(monitoring, "/metrics").body())
                        .contains("pilot_xds_pushes{type=\"cds\"}")
                        .doesNotContain("pilot_total_xds_rejects{");
            }
            assertThat(discovery.end()).isZero();
        }
    }
}
