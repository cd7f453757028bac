package io.layar.local.pod;

import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a readiness probe against an application. Blocks for at most the probe's timeout. Without a probe a
 * container is ready when its first port takes connections, so that nothing is sent to what does not listen yet.
 */
final class ReadinessCheck {
    private static final int LEAST_TIMEOUT_MILLIS = 1_000;

    private ReadinessCheck() {}

    /** The attempt for {@code container}, whose application listens on {@code host}; true means ready. */
    static Callable<Boolean> of(Container container, String host) {
        Probe probe = container.readinessProbe();
        int timeout =
                probe == null ? LEAST_TIMEOUT_MILLIS : Math.max(LEAST_TIMEOUT_MILLIS, probe.timeoutSeconds() * 1_000);
        if (probe != null && probe.httpGet() != null) {
            return http(probe.httpGet(), container, host, timeout);
        }
        if (probe != null && probe.tcpSocket() != null) {
            int port = port(probe.tcpSocket().port(), container);
            return () -> connects(host, port, timeout);
        }
        if (probe != null && probe.grpc() != null) {
            int port = probe.grpc().port();
            return () -> connects(host, port, timeout);
        }
        if (container.ports().isEmpty()) {
            return () -> true;
        }
        int first = container.ports().getFirst().containerPort();
        return () -> connects(host, first, timeout);
    }

    private static Callable<Boolean> http(Probe.HTTPGetAction get, Container container, String host, int timeout) {
        int port = port(get.port(), container);
        String path = get.path().isEmpty() ? "/" : get.path();
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nhost: " + host + ":" + port + "\r\n");
        get.httpHeaders()
                .forEach(header -> request.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        request.append("user-agent: layar-probe\r\nconnection: close\r\n\r\n");
        return () -> {
            String status = exchange(host, port, timeout, request.toString());
            return status.matches("HTTP/1\\.[01] [23]\\d\\d.*");
        };
    }

    private static int port(io.layar.config.kubernetes.@Nullable IntOrString port, Container container) {
        if (port == null) {
            return 0;
        }
        return container.ports().stream()
                .filter(candidate -> candidate.name().equals(port.toString()))
                .map(Container.ContainerPort::containerPort)
                .findFirst()
                .orElseGet(() -> Integer.parseInt(port.toString()));
    }

    private static boolean connects(String host, int port, int timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeout);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends {@code request} and returns the first line of the answer, or an empty text. */
    static String exchange(String host, int port, int timeout, String request) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(timeout);
            socket.connect(new InetSocketAddress(host, port), timeout);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int read = in.read(); read >= 0 && read != '\r' && line.length() < 200; read = in.read()) {
                line.append((char) read);
            }
            return line.toString();
        } catch (IOException e) {
            return "";
        }
    }
}
