package io.layar.proxy.server.admin;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.layar.proxy.core.config.Types;
import io.layar.proxy.http.DynamicRoutes;
import io.layar.proxy.listener.ActiveListener;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import io.layar.proxy.server.ServerState;
import io.layar.proxy.transport.SecretTable;
import io.layar.proxy.transport.Secrets;
import io.layar.proxy.upstream.ClusterManager;
import io.layar.proxy.upstream.ClusterRecord;
import io.layar.proxy.upstream.ClusterView;
import io.layar.proxy.xds.XdsRoutes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sections of a dump on clusters, endpoints, routes and secrets. Thread: main loop. */
record DynamicDump(Services services) {
    private static final String HCM =
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

    List<@Nullable Object> clusters(boolean withEndpoints) {
        ClusterManager manager = services.require(ClusterManager.class);
        List<@Nullable Object> fixed = new ArrayList<>();
        List<@Nullable Object> active = new ArrayList<>();
        List<@Nullable Object> warming = new ArrayList<>();
        Set<String> dynamic = new HashSet<>();
        for (ClusterRecord cluster : manager.activeClusters()) {
            boolean isStatic = cluster.version().isEmpty();
            (isStatic ? fixed : active)
                    .add(ConfigDump.version(cluster.version(), "cluster", cluster.proto(), cluster.updated()));
            if (!isStatic) {
                dynamic.add(cluster.proto().getName());
            }
        }
        manager.warmingClusters()
                .forEach(c -> warming.add(ConfigDump.version(c.version(), "cluster", c.proto(), c.updated())));
        Map<String, @Nullable Object> section = ConfigDump.section("ClustersConfigDump");
        put(section, "static_clusters", fixed);
        put(section, "dynamic_active_clusters", active);
        put(section, "dynamic_warming_clusters", warming);
        List<@Nullable Object> sections = new ArrayList<>();
        sections.add(section);
        if (withEndpoints) {
            sections.add(endpoints(manager, dynamic));
        }
        return sections;
    }

    private static Map<String, @Nullable Object> endpoints(ClusterManager manager, Set<String> dynamicClusters) {
        List<@Nullable Object> fixed = new ArrayList<>();
        List<@Nullable Object> dynamic = new ArrayList<>();
        for (ClusterView view : manager.views()) {
            ClusterLoadAssignment assignment = EndpointTree.of(view);
            Map<String, @Nullable Object> entry = new java.util.LinkedHashMap<>();
            entry.put("endpoint_config", io.layar.proxy.core.config.ProtoWriter.typed(assignment));
            (dynamicClusters.contains(view.config().name()) ? dynamic : fixed).add(entry);
        }
        Map<String, @Nullable Object> section = ConfigDump.section("EndpointsConfigDump");
        put(section, "static_endpoint_configs", fixed);
        put(section, "dynamic_endpoint_configs", dynamic);
        return section;
    }

    List<@Nullable Object> routesAndSecrets() {
        List<@Nullable Object> fixed = new ArrayList<>();
        for (ActiveListener listener : services.require(Listeners.class).active()) {
            var chains = new ArrayList<>(listener.proto().getFilterChainsList());
            chains.add(listener.proto().getDefaultFilterChain());
            for (var chain : chains) {
                for (Filter filter : chain.getFiltersList()) {
                    inlineRoutes(filter, listener, fixed);
                }
            }
        }
        Map<String, @Nullable Object> routes = ConfigDump.section("RoutesConfigDump");
        put(routes, "static_route_configs", fixed);
        if (services.find(DynamicRoutes.class) instanceof XdsRoutes known) {
            List<@Nullable Object> dynamic = new ArrayList<>();
            known.known()
                    .forEach(
                            k -> dynamic.add(ConfigDump.version(k.version(), "route_config", k.config(), k.updated())));
            put(routes, "dynamic_route_configs", dynamic);
        }
        List<@Nullable Object> sections = new ArrayList<>();
        sections.add(routes);
        sections.add(secrets());
        return sections;
    }

    private static void inlineRoutes(Filter filter, ActiveListener listener, List<@Nullable Object> routes) {
        if (Types.nameOf(filter.getTypedConfig().getTypeUrl()).equals(HCM)) {
            HttpConnectionManager manager =
                    Types.unpack(filter.getTypedConfig(), HttpConnectionManager.getDefaultInstance(), "");
            if (manager.hasRouteConfig()) {
                routes.add(ConfigDump.version("", "route_config", manager.getRouteConfig(), listener.updated()));
            }
        }
    }

    private Map<String, @Nullable Object> secrets() {
        SecretTable table = (SecretTable) services.require(Secrets.class);
        Instant started = services.require(ServerState.class).started();
        List<@Nullable Object> fixed = new ArrayList<>();
        for (Secret secret :
                services.require(Bootstrap.class).getStaticResources().getSecretsList()) {
            fixed.add(named(ConfigDump.version("", "secret", secret, started), secret));
        }
        List<@Nullable Object> dynamic = new ArrayList<>();
        table.all("sds")
                .forEach(secret -> dynamic.add(named(ConfigDump.version("", "secret", secret, started), secret)));
        Map<String, @Nullable Object> section = ConfigDump.section("SecretsConfigDump");
        put(section, "static_secrets", fixed);
        put(section, "dynamic_active_secrets", dynamic);
        return section;
    }

    private static Map<String, @Nullable Object> named(Map<String, @Nullable Object> version, Secret secret) {
        Map<String, @Nullable Object> named = new java.util.LinkedHashMap<>();
        named.put("name", secret.getName());
        named.putAll(version);
        return named;
    }

    private static void put(Map<String, @Nullable Object> section, String key, List<@Nullable Object> items) {
        if (!items.isEmpty()) {
            section.put(key, items);
        }
    }
}
