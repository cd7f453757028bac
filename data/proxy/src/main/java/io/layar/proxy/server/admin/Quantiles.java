package io.layar.proxy.server.admin;

import io.layar.proxy.core.stats.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quantiles of histograms as Envoy prints them. Interval values are not kept: they show as if nothing came since. */
final class Quantiles {
    private static final double[] AT = {0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 1};

    private Quantiles() {}

    private record Bucket(double lower, double width, long count) {}

    static String text(Histogram histogram) {
        List<Bucket> buckets = buckets(histogram);
        if (buckets.isEmpty()) {
            return "No recorded values";
        }
        StringBuilder text = new StringBuilder();
        for (double at : AT) {
            text.append(text.isEmpty() ? "" : " ")
                    .append('P')
                    .append(number(at * 100))
                    .append("(nan,")
                    .append(number(quantile(buckets, at)))
                    .append(')');
        }
        return text.toString();
    }

    static Map<String, @Nullable Object> json(Map<String, Histogram> histograms) {
        List<@Nullable Object> computed = new ArrayList<>();
        histograms.forEach((name, histogram) -> {
            List<Bucket> buckets = buckets(histogram);
            List<@Nullable Object> values = new ArrayList<>();
            for (double at : AT) {
                Map<String, @Nullable Object> value = new LinkedHashMap<>();
                value.put("interval", null);
                value.put("cumulative", buckets.isEmpty() ? null : (Object) quantile(buckets, at));
                values.add(value);
            }
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("values", values);
            computed.add(one);
        });
        List<@Nullable Object> supported = new ArrayList<>();
        for (double at : AT) {
            supported.add(at * 100);
        }
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("supported_quantiles", supported);
        inner.put("computed_quantiles", computed);
        Map<String, @Nullable Object> outer = new LinkedHashMap<>();
        outer.put("histograms", inner);
        return outer;
    }

    private static List<Bucket> buckets(Histogram histogram) {
        List<Bucket> buckets = new ArrayList<>();
        histogram.forEach(
                (lower, width, count) -> buckets.add(new Bucket(lower, lower < 10 ? width * 0.1 : width, count)));
        return buckets;
    }

    private static double quantile(List<Bucket> buckets, double at) {
        long total = buckets.stream().mapToLong(Bucket::count).sum();
        double wanted = at * total;
        double seen = 0;
        for (Bucket bucket : buckets) {
            if (seen + bucket.count >= wanted) {
                return bucket.lower + (bucket.width * Math.max(0, wanted - seen)) / bucket.count;
            }
            seen += bucket.count;
        }
        Bucket last = buckets.getLast();
        return last.lower + last.width;
    }

    /** Shortest text with at most six significant digits. */
    private static String number(double value) {
        if (value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
