package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.outlier.EjectionType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Event logs of outlier detection and health checks: a line of JSON an event. Events are rare. Thread: main loop. */
final class EventLogs {
    private static final Logger LOG = Logger.getLogger("io.layar.proxy.upstream");

    private String outlierPath = "";

    void outlierPath(String path) {
        outlierPath = path;
    }

    void outlier(
            String cluster,
            Host host,
            @Nullable EjectionType type,
            boolean enforced,
            long ejections,
            long secondsSince) {
        if (outlierPath.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(256).append('{');
        if (type != null) {
            field(line, "type", type.name()).append(',');
        }
        field(line, "cluster_name", cluster).append(',');
        field(line, "upstream_url", host.address().text()).append(',');
        field(line, "action", type == null ? "UNEJECT" : "EJECT");
        line.append(",\"num_ejections\":").append(ejections);
        if (type != null) {
            line.append(",\"enforced\":").append(enforced);
            line.append(type.name().startsWith("CONSECUTIVE") ? ",\"eject_consecutive_event\":{}" : "");
        }
        line.append(",\"timestamp\":\"").append(now()).append('"');
        if (secondsSince >= 0) {
            line.append(",\"secs_since_last_action\":\"").append(secondsSince).append('"');
        }
        append(outlierPath, line.append("}\n").toString());
    }

    /** One health check event. Shape: {@code event} is Envoy's field with its content, {@code "add_healthy_event":{"first_check":false}}. */
    void health(String path, String checker, String cluster, Host host, String event) {
        if (path.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(256).append('{');
        field(line, "health_checker_type", checker.toUpperCase(Locale.ROOT)).append(',');
        line.append("\"host\":{\"socket_address\":{\"protocol\":\"TCP\",");
        field(line, "address", host.address().ip())
                .append(",\"port_value\":")
                .append(host.address().port());
        line.append(",\"resolver_name\":\"\",\"ipv4_compat\":false}},");
        field(line, "cluster_name", cluster).append(',').append(event);
        line.append(",\"timestamp\":\"").append(now()).append("\"}\n");
        append(path, line.toString());
    }

    private static String now() {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static StringBuilder field(StringBuilder line, String name, String value) {
        return line.append('"')
                .append(name)
                .append("\":\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }

    private static void append(String path, String line) {
        try {
            Files.write(
                    Path.of(path),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot write {0}: {1}", new Object[] {path, e.getMessage()});
        }
    }
}
