package io.layar.acceptance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.discovery.push.Change;
import io.layar.discovery.push.MeshState;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A mesh that says exactly what a test wants: resources by kind and name, the same for every proxy. */
record ScriptedMesh(ImmutableMap<TypeUrl, ImmutableMap<String, XdsResource>> resources) implements MeshState {
    static final ScriptedMesh EMPTY = new ScriptedMesh(ImmutableMap.of());

    ScriptedMesh with(TypeUrl type, String name, Message message) {
        return with(type, XdsResource.of(name, message));
    }

    ScriptedMesh with(TypeUrl type, XdsResource resource) {
        Map<String, XdsResource> of = new HashMap<>(of(type));
        of.put(resource.name(), resource);
        return replaced(type, of);
    }

    ScriptedMesh without(TypeUrl type, String name) {
        Map<String, XdsResource> of = new HashMap<>(of(type));
        of.remove(name);
        return replaced(type, of);
    }

    private ScriptedMesh replaced(TypeUrl type, Map<String, XdsResource> of) {
        Map<TypeUrl, ImmutableMap<String, XdsResource>> all = new HashMap<>(resources);
        all.put(type, ImmutableMap.copyOf(of));
        return new ScriptedMesh(ImmutableMap.copyOf(all));
    }

    private ImmutableMap<String, XdsResource> of(TypeUrl type) {
        return resources.getOrDefault(type, ImmutableMap.of());
    }

    /** With an EDS cluster whose endpoints are these ports of this machine. */
    ScriptedMesh withCluster(String name, Integer... ports) {
        return with(
                        TypeUrl.CLUSTER,
                        name,
                        Cluster.newBuilder()
                                .setName(name)
                                .setType(Cluster.DiscoveryType.EDS)
                                .setEdsClusterConfig(
                                        Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ads()))
                                .build())
                .withEndpoints(name, ports);
    }

    ScriptedMesh withEndpoints(String cluster, Integer... ports) {
        return with(
                TypeUrl.ENDPOINT,
                cluster,
                ClusterLoadAssignment.newBuilder()
                        .setClusterName(cluster)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addAllLbEndpoints(ImmutableList.copyOf(ports).stream()
                                        .map(ScriptedMesh::endpoint)
                                        .toList()))
                        .build());
    }

    private static LbEndpoint endpoint(int port) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(address(port)))
                .build();
    }

    /** With a listener on this port whose routes come by name. */
    ScriptedMesh withListener(String name, int port, String route) {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRds(Rds.newBuilder().setRouteConfigName(route).setConfigSource(ads()))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return with(
                TypeUrl.LISTENER,
                name,
                Listener.newBuilder()
                        .setName(name)
                        .setAddress(address(port))
                        .addFilterChains(FilterChain.newBuilder()
                                .addFilters(Filter.newBuilder()
                                        .setName("envoy.filters.network.http_connection_manager")
                                        .setTypedConfig(Any.pack(manager))))
                        .build());
    }

    /** With a route configuration that sends everything to one cluster. */
    ScriptedMesh withRoute(String name, String cluster) {
        return with(
                TypeUrl.ROUTE,
                name,
                RouteConfiguration.newBuilder()
                        .setName(name)
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .setName("all")
                                .addDomains("*")
                                .addRoutes(Route.newBuilder()
                                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                        .setRoute(RouteAction.newBuilder().setCluster(cluster))))
                        .build());
    }

    /** With this many clusters of one endpoint each. */
    ScriptedMesh withManyClusters(int count) {
        ScriptedMesh mesh = this;
        Map<String, XdsResource> clusters = new HashMap<>();
        Map<String, XdsResource> endpoints = new HashMap<>();
        for (String name :
                IntStream.range(0, count).mapToObj(i -> "service-" + i).toList()) {
            ScriptedMesh one = EMPTY.withCluster(name, 9);
            clusters.putAll(one.of(TypeUrl.CLUSTER));
            endpoints.putAll(one.of(TypeUrl.ENDPOINT));
        }
        return mesh.replaced(TypeUrl.CLUSTER, clusters).replaced(TypeUrl.ENDPOINT, endpoints);
    }

    private static ConfigSource ads() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .build();
    }

    private static Address address(int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port))
                .build();
    }

    @Override
    public MeshState apply(ConfigDelta delta) {
        return this;
    }

    @Override
    public Change since(MeshState earlier) {
        ScriptedMesh before = (ScriptedMesh) earlier;
        for (TypeUrl type : ImmutableSet.<TypeUrl>builder()
                .addAll(resources.keySet())
                .addAll(before.resources.keySet())
                .build()) {
            if (!type.equals(TypeUrl.ENDPOINT) && !of(type).equals(before.of(type))) {
                return Change.EVERYTHING;
            }
        }
        return Change.endpointsOf(of(TypeUrl.ENDPOINT).entrySet().stream()
                .filter(entry ->
                        !entry.getValue().equals(before.of(TypeUrl.ENDPOINT).get(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(ImmutableSet.toImmutableSet()));
    }

    @Override
    public ConfigSet config() {
        return ConfigSet.EMPTY;
    }

    @Override
    public Object likeness(Proxy proxy, TypeUrl type) {
        return "";
    }

    @Override
    public ImmutableList<XdsResource> all(Proxy proxy, TypeUrl type) {
        return sorted(of(type).values());
    }

    @Override
    public ImmutableList<XdsResource> named(Proxy proxy, TypeUrl type, ImmutableSet<String> names) {
        return sorted(of(type).values().stream()
                .filter(resource -> names.contains(resource.name()))
                .toList());
    }

    private static ImmutableList<XdsResource> sorted(Collection<XdsResource> resources) {
        return resources.stream()
                .sorted(Comparator.comparing(XdsResource::name))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public String hostOfEndpoints(String name) {
        return name;
    }

    @Override
    public int services() {
        return of(TypeUrl.CLUSTER).size();
    }

    @Override
    public int virtualServices() {
        return of(TypeUrl.ROUTE).size();
    }
}
