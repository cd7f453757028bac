package io.layar.proxy.server.admin;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.core.config.ProtoWriter;
import io.layar.proxy.core.runtime.RuntimeValues.Fraction;
import io.layar.proxy.network.Services;
import io.layar.proxy.server.CommandLine;
import io.layar.proxy.server.RuntimeLayers;
import io.layar.proxy.server.ServerState;
import io.layar.proxy.server.Version;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages about the process: {@code /server_info}, {@code /memory}, {@code /runtime}. Thread: main loop. */
record ServerPages(Services services) {
    AdminResponse info() {
        ServerState state = services.require(ServerState.class);
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        info.put("version", Version.text());
        info.put("state", state.name());
        String uptime =
                java.time.Duration.between(state.started(), Instant.now()).toSeconds() + "s";
        info.put("uptime_current_epoch", uptime);
        info.put("uptime_all_epochs", uptime);
        info.put("hot_restart_version", "disabled");
        info.put("command_line_options", options(services.require(CommandLine.class)));
        var node = services.require(Bootstrap.class).getNode().toBuilder();
        node.setId(services.node().id()).setCluster(services.node().cluster()).setUserAgentName("layar");
        info.put("node", ProtoWriter.tree(node.build()));
        return AdminResponse.json(JsonPrinter.indented(info) + "\n");
    }

    private static Map<String, @Nullable Object> options(CommandLine flags) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("base_id", Long.toString(flags.baseId()));
        options.put("concurrency", flags.concurrency());
        options.put("config_path", flags.configPath());
        options.put("config_yaml", flags.configYaml());
        options.put("allow_unknown_static_fields", false);
        options.put("admin_address_path", flags.adminAddressPath());
        options.put("local_address_ip_version", "v4");
        options.put("log_level", flags.logLevel());
        options.put("component_log_level", flags.componentLogLevel());
        options.put("log_format", flags.logFormat());
        options.put("log_path", flags.logPath());
        options.put("service_cluster", flags.serviceCluster());
        options.put("service_node", flags.serviceNode());
        options.put("service_zone", flags.serviceZone());
        options.put("drain_time", seconds(flags.drainSeconds()));
        options.put("parent_shutdown_time", seconds(flags.parentShutdownSeconds()));
        options.put("mode", flags.validate() ? "Validate" : "Serve");
        options.put("disable_hot_restart", true);
        options.put("restart_epoch", 0);
        options.put("drain_strategy", flags.drainImmediately() ? "Immediate" : "Gradual");
        return options;
    }

    private static String seconds(long seconds) {
        return ProtoWriter.duration(Duration.newBuilder().setSeconds(seconds).build());
    }

    AdminResponse memory() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        memory.put("allocated", Long.toString(heap.getUsed()));
        memory.put("heap_size", Long.toString(heap.getCommitted()));
        memory.put("pageheap_unmapped", "0");
        memory.put("pageheap_free", Long.toString(heap.getCommitted() - heap.getUsed()));
        memory.put("total_thread_cache", "0");
        memory.put("total_physical_bytes", Long.toString(heap.getCommitted() + other.getCommitted()));
        return AdminResponse.json(JsonPrinter.indented(memory) + "\n");
    }

    AdminResponse runtime() {
        RuntimeLayers layers = services.require(RuntimeLayers.class);
        Map<String, @Nullable Object> entries = new java.util.TreeMap<>();
        services.runtime().all().forEach((key, value) -> {
            List<@Nullable Object> values = new ArrayList<>();
            layers.names().forEach(layer -> values.add(text(layers.values(layer).get(key))));
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("final_value", text(value));
            entry.put("layer_values", values);
            entries.put(key, entry);
        });
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("layers", layers.names());
        page.put("entries", entries);
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Fraction f ->
                "{\"numerator\":" + f.numerator() + ",\"denominator\":\""
                        + (f.denominator() == 100 ? "HUNDRED" : f.denominator() == 10_000 ? "TEN_THOUSAND" : "MILLION")
                        + "\"}";
            default -> value.toString();
        };
    }

    AdminResponse modify(AdminRequest request) {
        if (request.query().isEmpty()) {
            return AdminResponse.text(
                    400,
                    "usage: /runtime_modify?key1=value1&key2=value2&keyN=valueN\n"
                            + "       or send the parameters as form values\n"
                            + "use an empty value to remove a previously added override");
        }
        RuntimeLayers layers = services.require(RuntimeLayers.class);
        for (Map.Entry<String, String> pair : request.query().entrySet()) {
            if (!layers.change(pair.getKey(), pair.getValue())) {
                return AdminResponse.text(503, "No admin layer specified");
            }
        }
        return AdminResponse.text("OK\n");
    }
}
