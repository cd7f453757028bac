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
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** One proxy process with a static configuration; {@code @port@} and {@code @admin@} in it become free ports. */
final class ProxyUnderTest implements AutoCloseable {
    private final LayarProcess process;
    final int port;
    final int admin;

    private ProxyUnderTest(LayarProcess process, int port, int admin) {
        this.process = process;
        this.port = port;
        this.admin = admin;
    }

    static ProxyUnderTest start(Path folder, String bootstrap) throws IOException {
        int port = freePort();
        int admin = freePort();
        Path file = Files.createTempFile(folder, "bootstrap", ".yaml");
        Files.writeString(
                file, bootstrap.replace("@port@", String.valueOf(port)).replace("@admin@", String.valueOf(admin)));
        LayarProcess process =
                LayarProcess.start(folder, Map.of(), List.of(), "proxy", "-c", file.toString(), "--concurrency", "1");
        ProxyUnderTest proxy = new ProxyUnderTest(process, port, admin);
        try {
            Awaitility.await("the proxy is ready")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(proxy::isReady);
        } catch (RuntimeException e) {
            String output = process.output();
            process.close();
            throw new IOException("the proxy did not start: " + output, e);
        }
        return proxy;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return admin("/ready").startsWith("LIVE");
        } catch (IOException e) {
            return false;
        }
    }

    String admin(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Resident memory of the process. Units: MiB. */
    long residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new IOException("no VmRSS of " + process.pid());
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
