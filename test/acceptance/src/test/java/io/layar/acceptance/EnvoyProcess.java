package io.layar.acceptance;

import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.layar.discovery.DiscoveryServer;
import io.layar.xds.session.WatchStatus;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A running real Envoy. */
final class EnvoyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final int adminPort;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private EnvoyProcess(Process process, int adminPort, Path log) {
        this.process = process;
        this.adminPort = adminPort;
        this.log = log;
    }

    /** Starts Envoy with this bootstrap and a free admin port. */
    static EnvoyProcess start(Bootstrap bootstrap, Path folder) throws IOException {
        int adminPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            adminPort = socket.getLocalPort();
        }
        Bootstrap.Builder complete = bootstrap.toBuilder();
        complete.getAdminBuilder()
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress("127.0.0.1")
                                .setPortValue(adminPort)));
        Path config = Files.createTempFile(folder, "envoy", ".json");
        Files.writeString(config, JsonFormat.printer().print(complete));
        Path log = Files.createTempFile(folder, "envoy", ".log");
        Process process = new ProcessBuilder(
                        Objects.requireNonNull(Peers.envoy()).toString(),
                        "-c",
                        config.toString(),
                        "--concurrency",
                        "1",
                        "--use-dynamic-base-id",
                        "-l",
                        "warning")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new EnvoyProcess(process, adminPort, log);
    }

    /** Text of an admin page; empty while there is none. */
    String admin(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Waits until the proxy has taken all that the server offers; what is wrong if it does not. */
    Optional<String> untilSettled(DiscoveryServer server) throws IOException {
        AtomicReference<String> last = new AtomicReference<>("not connected");
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(() ->
                            !process.isAlive() || String.valueOf(last.get()).startsWith("refused"))
                    .until(() -> {
                        last.set(state(server));
                        return String.valueOf(last.get()).isEmpty();
                    });
            return Optional.empty();
        } catch (ConditionTimeoutException | org.awaitility.core.TerminalFailureException e) {
            return Optional.of(last.get() + "\n" + tail());
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    private String state(DiscoveryServer server) throws InterruptedException {
        for (DiscoveryServer.ProxyStatus proxy : server.proxies()) {
            for (WatchStatus watch : proxy.watches()) {
                if (watch.refused()) {
                    return "refused " + watch.type() + ": " + watch.lastError();
                }
            }
            if (!proxy.current()) {
                return "waiting for an acknowledgement";
            }
            if (!admin("/ready").startsWith("LIVE")) {
                return "acknowledged, but not live";
            }
            int offered = proxy.watches().stream()
                    .filter(watch -> watch.type().shortName().equals("LDS"))
                    .mapToInt(watch -> watch.sent().size())
                    .sum();
            String stats = admin("/stats?filter=listener_manager.total_listeners");
            return stats.contains("listener_manager.total_listeners_active: " + offered + "\n")
                            && stats.contains("listener_manager.total_listeners_warming: 0")
                    ? ""
                    : "offered " + offered + " listeners, Envoy has\n" + stats;
        }
        return "not connected";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
