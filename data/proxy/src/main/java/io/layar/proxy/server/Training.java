package io.layar.proxy.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A short life of a proxy with a typical configuration, from which the build records the ahead-of-time cache.
 *
 * <p>Exit code: 0 when the proxy answered.
 */
public final class Training {
    private static final int REQUESTS = 300;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    private static final String BOOTSTRAP = """
        {"node": {"id": "training", "cluster": "training"},
         "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %1$d}}},
         "static_resources": {
          "listeners": [{"name": "l", "address": {"socket_address": {"address": "127.0.0.1", "port_value": %2$d}},
           "filter_chains": [{"filters": [{"name": "http", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            "stat_prefix": "training",
            "route_config": {"name": "r", "virtual_hosts": [{"name": "v", "domains": ["*"], "routes": [
             {"match": {"prefix": "/"}, "route": {"cluster": "c", "timeout": "5s", "retry_policy": {"retry_on": "5xx"}}}]}]},
            "http_filters": [{"name": "router", "typed_config": {
             "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}}]}]}],
          "clusters": [{"name": "c", "connect_timeout": "1s", "load_assignment": {"cluster_name": "c", "endpoints": [{"lb_endpoints": [
           {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %3$d}}}}]}]}}]}}
        """;

    private Training() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int admin = freePort();
        int port = freePort();
        Path file = Files.createTempFile("layar-training", ".json");
        try (ServerSocket backend = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(backend));
            Files.writeString(file, BOOTSTRAP.formatted(admin, port, backend.getLocalPort()));
            Thread proxy = Thread.ofPlatform()
                    .start(() -> Main.run(new String[] {"-c", file.toString(), "-l", "error"}, System.out, System.err));
            boolean answered = awaitReady(admin) && drive(port);
            ask(admin, "GET /stats HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
            ask(admin, "POST /quitquitquit HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
            proxy.join(5_000);
            System.exit(answered ? 0 : 1);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean awaitReady(int admin) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (ask(admin, "GET /ready HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                    .contains("LIVE")) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    private static String ask(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean drive(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] request = "GET /training HTTP/1.1\r\nhost: a.test\r\nuser-agent: training\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < REQUESTS; i++) {
                socket.getOutputStream().write(request);
                if (!untilBodyEnd(socket.getInputStream()).startsWith("HTTP/1.1 200")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String untilBodyEnd(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\nok") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void serve(ServerSocket backend) {
        while (!backend.isClosed()) {
            try {
                Socket socket = backend.accept();
                Thread.ofPlatform().daemon().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            int matched = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
                if (matched == 4) {
                    out.write(ANSWER);
                    matched = 0;
                }
            }
        } catch (IOException e) {
            // The proxy closed the connection: this answerer is done.
        }
    }
}
