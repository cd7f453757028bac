package io.layar.discovery.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Metrics in Prometheus' text format, version 0.0.4.
 *
 * <p>Shape: counters go by the names they were given; the library's own ending {@code _total} is taken off again, because
 * dashboards ask for {@code pilot_xds_pushes}.
 */
public final class MetricsText {
    private static final String TOTAL = "_total";

    private MetricsText() {}

    public static String of(PrometheusRegistry registry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var snapshots = registry.scrape();
        try {
            PrometheusTextFormatWriter.builder().build().write(bytes, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> renamed = snapshots.stream()
                .filter(CounterSnapshot.class::isInstance)
                .map(snapshot -> snapshot.getMetadata().getPrometheusName())
                .filter(name -> !KEEP_TOTAL.contains(name + TOTAL))
                .map(name -> name + TOTAL)
                .collect(Collectors.toSet());
        StringBuilder out = new StringBuilder();
        bytes.toString(StandardCharsets.UTF_8).lines().forEach(line -> {
            String name = metricName(line);
            out.append(renamed.contains(name) ? line.replaceFirst(name, name.substring(0, name.length() - 6)) : line)
                    .append('\n');
        });
        return out.toString();
    }

    /** Names that end so by themselves. */
    private static final Set<String> KEEP_TOTAL = Set.of("pilot_sds_certificate_errors_total");

    private static String metricName(String line) {
        int start = line.startsWith("# ") ? line.indexOf(' ', 2) + 1 : 0;
        int end = start;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '{') {
            end++;
        }
        return line.substring(start, end);
    }
}
