package io.layar.proxy.server.admin;

import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Prometheus format: counters, gauges, histograms, each metric's samples together. */
final class PrometheusText {
    private static final double[] BOUNDS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000
    };

    private final TagRules rules;

    PrometheusText(TagRules rules) {
        this.rules = rules;
    }

    String write(Map<String, Object> numbers, Map<String, Histogram> histograms) {
        TreeMap<String, List<String>> counters = new TreeMap<>();
        TreeMap<String, List<String>> gauges = new TreeMap<>();
        numbers.forEach((name, stat) -> {
            TagRules.Tagged tagged = rules.apply(name);
            String metric = metric(tagged.name());
            long value = stat instanceof Counter counter ? counter.value() : ((Gauge) stat).value();
            (stat instanceof Counter ? counters : gauges)
                    .computeIfAbsent(metric, k -> new ArrayList<>())
                    .add(metric + labels(tagged.tags(), "") + " " + value + "\n");
        });
        TreeMap<String, List<String>> distributions = new TreeMap<>();
        histograms.forEach((name, histogram) -> {
            TagRules.Tagged tagged = rules.apply(name);
            String metric = metric(tagged.name());
            distributions
                    .computeIfAbsent(metric, k -> new ArrayList<>())
                    .add(histogram(metric, tagged.tags(), histogram));
        });
        StringBuilder out = new StringBuilder();
        append(out, counters, "counter");
        append(out, gauges, "gauge");
        append(out, distributions, "histogram");
        return out.toString();
    }

    private static void append(StringBuilder out, TreeMap<String, List<String>> metrics, String type) {
        metrics.forEach((metric, samples) -> {
            out.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
            samples.forEach(out::append);
        });
    }

    private static String histogram(String metric, Map<String, String> tags, Histogram histogram) {
        long[] below = new long[BOUNDS.length];
        double[] sumAndCount = new double[2];
        histogram.forEach((lower, width, count) -> {
            sumAndCount[0] += (lower + width / 2.0) * count;
            sumAndCount[1] += count;
            for (int i = 0; i < BOUNDS.length; i++) {
                if (lower <= BOUNDS[i]) {
                    below[i] += count;
                }
            }
        });
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < BOUNDS.length; i++) {
            String bound =
                    BOUNDS[i] == Math.rint(BOUNDS[i]) ? Long.toString((long) BOUNDS[i]) : Double.toString(BOUNDS[i]);
            out.append(metric)
                    .append("_bucket")
                    .append(labels(tags, "le=\"" + bound + "\""))
                    .append(' ')
                    .append(below[i])
                    .append('\n');
        }
        out.append(metric)
                .append("_bucket")
                .append(labels(tags, "le=\"+Inf\""))
                .append(' ')
                .append((long) sumAndCount[1])
                .append('\n');
        out.append(metric)
                .append("_sum")
                .append(labels(tags, ""))
                .append(' ')
                .append(sumAndCount[0])
                .append('\n');
        out.append(metric)
                .append("_count")
                .append(labels(tags, ""))
                .append(' ')
                .append((long) sumAndCount[1])
                .append('\n');
        return out.toString();
    }

    private static String labels(Map<String, String> tags, String last) {
        StringBuilder text = new StringBuilder("{");
        tags.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(sanitized(name))
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        if (!last.isEmpty()) {
            text.append(text.length() > 1 ? "," : "").append(last);
        }
        return text.append('}').toString();
    }

    private static String metric(String name) {
        return "envoy_" + sanitized(name);
    }

    private static String sanitized(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ok =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9' && i > 0);
            text.append(ok ? c : '_');
        }
        return text.toString();
    }
}
