package io.layar.proxy.server.admin;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.core.stats.Gauge;
import io.layar.proxy.core.stats.Histogram;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import io.layar.proxy.server.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /stats} in its formats. Thread: main loop. */
record StatsPages(Services services) {
    /** The stats that a request asks for, sorted by name. */
    private record Chosen(TreeMap<String, Object> numbers, TreeMap<String, Histogram> histograms) {}

    AdminResponse serve(AdminRequest request) {
        String format = request.query().getOrDefault("format", "text");
        return switch (format) {
            case "prometheus" -> prometheus(request);
            case "json" -> json(choose(request));
            case "text" -> text(choose(request));
            default -> AdminResponse.text(404, "usage: /stats?format=(html|active-html|json|prometheus|text)\n\n");
        };
    }

    AdminResponse prometheus(AdminRequest request) {
        Chosen chosen = choose(request);
        TagRules rules = new TagRules(services.require(Bootstrap.class).getStatsConfig());
        return AdminResponse.text(new PrometheusText(rules).write(chosen.numbers, chosen.histograms));
    }

    AdminResponse reset() {
        services.stats().forEach(stat -> {
            if (stat instanceof Counter counter) {
                counter.reset();
            } else if (stat instanceof Histogram histogram) {
                histogram.reset();
            }
        });
        return AdminResponse.text("OK\n");
    }

    private Chosen choose(AdminRequest request) {
        server();
        Predicate<String> wanted = filter(request);
        boolean usedOnly = request.has("usedonly");
        String type = request.query().getOrDefault("type", "All");
        Chosen chosen = new Chosen(new TreeMap<>(), new TreeMap<>());
        services.stats().forEach(stat -> {
            switch (stat) {
                case Counter counter -> {
                    String name = counter.name().toString();
                    if ((type.equals("All") || type.equals("Counters"))
                            && (!usedOnly || counter.value() > 0)
                            && wanted.test(name)) {
                        chosen.numbers.put(name, counter);
                    }
                }
                case Gauge gauge -> {
                    String name = gauge.name().toString();
                    if ((type.equals("All") || type.equals("Gauges"))
                            && (!usedOnly || gauge.used())
                            && wanted.test(name)) {
                        chosen.numbers.put(name, gauge);
                    }
                }
                case Histogram histogram -> {
                    String name = histogram.name().toString();
                    if ((type.equals("All") || type.equals("Histograms"))
                            && (!usedOnly || !histogram.isEmpty())
                            && wanted.test(name)) {
                        chosen.histograms.put(name, histogram);
                    }
                }
                default -> {}
            }
        });
        return chosen;
    }

    private static Predicate<String> filter(AdminRequest request) {
        String regex = request.get("filter");
        if (regex == null || regex.isEmpty()) {
            return name -> true;
        }
        Pattern pattern = Pattern.compile(regex);
        boolean inverted = request.has("invert_filter");
        return name -> pattern.matcher(name).find() != inverted;
    }

    /** Stats of the process that are computed when asked for. */
    private void server() {
        StatsScope scope = services.stats().scope("server.");
        ServerState state = services.require(ServerState.class);
        scope.gauge("uptime")
                .set(Duration.between(state.started(), Instant.now()).toSeconds());
        scope.gauge("live").set(state.name().equals("LIVE") ? 1 : 0);
        scope.gauge("state")
                .set(
                        switch (state.name()) {
                            case "LIVE" -> 0;
                            case "DRAINING" -> 1;
                            default -> 3;
                        });
        scope.gauge("concurrency").set(services.workers().size());
        scope.gauge("total_connections").set(services.require(Listeners.class).openConnections());
        Runtime runtime = Runtime.getRuntime();
        scope.gauge("memory_allocated").set(runtime.totalMemory() - runtime.freeMemory());
        scope.gauge("memory_heap_size").set(runtime.totalMemory());
    }

    private static long value(Object stat) {
        return stat instanceof Counter counter ? counter.value() : stat instanceof Gauge gauge ? gauge.value() : 0;
    }

    private static AdminResponse text(Chosen chosen) {
        StringBuilder text = new StringBuilder();
        chosen.numbers.forEach((name, stat) ->
                text.append(name).append(": ").append(value(stat)).append('\n'));
        chosen.histograms.forEach((name, histogram) ->
                text.append(name).append(": ").append(Quantiles.text(histogram)).append('\n'));
        return AdminResponse.text(text.toString());
    }

    private static AdminResponse json(Chosen chosen) {
        List<@Nullable Object> stats = new ArrayList<>();
        chosen.numbers.forEach((name, stat) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("value", value(stat));
            stats.add(one);
        });
        if (!chosen.histograms.isEmpty()) {
            stats.add(Quantiles.json(chosen.histograms));
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("stats", stats);
        return AdminResponse.json(JsonPrinter.compact(page));
    }
}
