package io.layar.proxy.server.admin;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.core.config.ProtoWriter;
import io.layar.proxy.listener.ActiveListener;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import io.layar.proxy.server.ServerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /config_dump}: bootstrap, clusters, listeners, routes, secrets as they are in use. Thread: main loop. */
final class ConfigDump {
    private static final String ADMIN = "type.googleapis.com/envoy.admin.v3.";

    private final Services services;

    ConfigDump(Services services) {
        this.services = services;
    }

    AdminResponse dump(AdminRequest request) {
        List<@Nullable Object> sections = sections(request.has("include_eds"));
        String resource = request.get("resource");
        String mask = request.get("mask");
        List<@Nullable Object> configs = sections;
        if (resource != null) {
            List<@Nullable Object> found = byResource(sections, resource);
            if (found == null) {
                return AdminResponse.text(404, resource + " not found in config dump");
            }
            configs = found;
        }
        String names = request.get("name_regex");
        if (names != null) {
            configs = DumpNames.only(configs, com.google.re2j.Pattern.compile(names));
        }
        if (mask != null) {
            configs = DumpMask.apply(configs, mask);
            if (configs.isEmpty()) {
                return AdminResponse.text(
                        400, "FieldMask " + mask + " could not be successfully applied to any configs.");
            }
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("configs", configs);
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    private List<@Nullable Object> sections(boolean withEndpoints) {
        List<@Nullable Object> sections = new ArrayList<>();
        Map<String, @Nullable Object> bootstrap = section("BootstrapConfigDump");
        bootstrap.put("bootstrap", ProtoWriter.tree(services.require(Bootstrap.class)));
        bootstrap.put(
                "last_updated", services.require(ServerState.class).started().toString());
        sections.add(bootstrap);
        sections.addAll(new DynamicDump(services).clusters(withEndpoints));
        sections.add(listeners());
        sections.addAll(new DynamicDump(services).routesAndSecrets());
        return sections;
    }

    static Map<String, @Nullable Object> section(String type) {
        Map<String, @Nullable Object> section = new LinkedHashMap<>();
        section.put("@type", ADMIN + type);
        return section;
    }

    private Map<String, @Nullable Object> listeners() {
        Listeners listeners = services.require(Listeners.class);
        List<@Nullable Object> fixed = new ArrayList<>();
        Map<String, Map<String, @Nullable Object>> dynamic = new LinkedHashMap<>();
        for (ActiveListener listener : listeners.active()) {
            if (listener.dynamic()) {
                state(dynamic, listener)
                        .put(
                                "active_state",
                                version(listener.version(), "listener", listener.proto(), listener.updated()));
            } else {
                fixed.add(version("", "listener", listener.proto(), listener.updated()));
            }
        }
        for (ActiveListener listener : listeners.warming()) {
            Map<String, @Nullable Object> state =
                    version(listener.version(), "listener", listener.proto(), listener.updated());
            state(dynamic, listener).put("warming_state", state);
        }
        Map<String, @Nullable Object> section = section("ListenersConfigDump");
        if (!fixed.isEmpty()) {
            section.put("static_listeners", fixed);
        }
        if (!dynamic.isEmpty()) {
            section.put("dynamic_listeners", new ArrayList<@Nullable Object>(dynamic.values()));
        }
        return section;
    }

    private static Map<String, @Nullable Object> state(
            Map<String, Map<String, @Nullable Object>> all, ActiveListener listener) {
        return all.computeIfAbsent(listener.name(), name -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            return entry;
        });
    }

    /** A resource with its version and the time of its last change. */
    static Map<String, @Nullable Object> version(String version, String field, Message resource, Instant updated) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (!version.isEmpty()) {
            map.put("version_info", version);
        }
        map.put(field, ProtoWriter.typed(resource));
        map.put("last_updated", updated.toString());
        return map;
    }

    /** The elements of a repeated field of some section, each with the type that it has there. */
    private static @Nullable List<@Nullable Object> byResource(List<@Nullable Object> sections, String field) {
        for (Object section : sections) {
            if (section instanceof Map<?, ?> map && map.get(field) instanceof List<?> items) {
                List<@Nullable Object> typed = new ArrayList<>();
                for (Object item : items) {
                    Map<String, @Nullable Object> element = new LinkedHashMap<>();
                    element.put("@type", map.get("@type") + "." + elementType(field));
                    if (item instanceof Map<?, ?> fields) {
                        fields.forEach((key, value) -> element.put(String.valueOf(key), value));
                    }
                    typed.add(element);
                }
                return typed;
            }
        }
        return null;
    }

    /** {@code StaticListener} of {@code static_listeners}. */
    private static String elementType(String field) {
        StringBuilder type = new StringBuilder();
        String single = field.endsWith("s") && !field.equals("dynamic_warming_secrets")
                ? field.substring(0, field.length() - 1)
                : field;
        for (String word : single.split("_")) {
            type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return switch (field) {
            case "dynamic_active_clusters", "dynamic_warming_clusters" -> "DynamicCluster";
            case "dynamic_active_secrets", "dynamic_warming_secrets" -> "DynamicSecret";
            default -> type.toString();
        };
    }
}
