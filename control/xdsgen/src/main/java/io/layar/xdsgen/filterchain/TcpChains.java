package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.TunnelingConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.RouteDestination;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.route.Destinations;
import io.layar.xdsgen.telemetry.StatPrefixes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Network filters of chains without HTTP: TCP proxies to one or several clusters, with what stands before them. */
public final class TcpChains {
    private final ProxyView view;
    private final ChainContext context;
    private final ChainPolicies policies;

    /** @param policies NONE where a chain is without policies, such as a sidecar's towards others */
    public TcpChains(ProxyView view, ChainContext context, ChainPolicies policies) {
        this.view = view;
        this.context = context;
        this.policies = policies;
    }

    /** Everything goes to one cluster, whatever it is. */
    public ImmutableList<Filter> plain(ListenerClass side, String cluster, boolean logged) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(cluster).setCluster(cluster);
        if (logged) {
            idle(null, proxy);
            proxy.addAllAccessLog(context.telemetry().accessLogs().tcp(side));
        }
        return ImmutableList.<Filter>builder()
                .addAll(context.telemetry().networkFilters(side))
                .add(NetworkFilters.tcpProxy(proxy.build()))
                .build();
    }

    /** To the destinations of a VirtualService's TCP or TLS route. */
    public ImmutableList<Filter> toRoute(
            List<RouteDestination> routes, ServicePort port, MergedVirtualService owner, boolean exchange) {
        RouteDestination first = routes.getFirst();
        Service service = service(first);
        DestinationRule rule = service == null ? null : rule(service.hostname());
        if (routes.size() > 1) {
            return toWeighted(routes, port, owner, rule, exchange);
        }
        String cluster = Destinations.cluster(first.destination(), service, port.port());
        String subset = first.destination() == null ? "" : first.destination().subset();
        String pattern = context.mesh().outboundClusterStatName();
        String prefix = pattern.isEmpty() || service == null || first.destination() == null
                ? cluster
                : StatPrefixes.outbound(pattern, first.destination().host(), subset, port.port(), port.name(), service);
        return toCluster(prefix, cluster, subset, port, rule, true, exchange);
    }

    private @Nullable Service service(RouteDestination route) {
        return route.destination() == null
                ? null
                : view.scope().service(route.destination().host());
    }

    /** The rule for this proxy's traffic to a host. */
    public @Nullable DestinationRule rule(String host) {
        MergedDestinationRule rule = view.destinationRule(host);
        return rule == null ? null : rule.spec();
    }

    /**
     * To a port of a service that no route redirects; a pattern of the mesh configuration may name its statistics.
     *
     * @param resolving filters that find out where to connect to, right before the connection is made
     */
    public ImmutableList<Filter> toService(
            Service service, int port, ServicePort listenPort, ImmutableList<Filter> resolving) {
        String cluster = ClusterNames.outbound(port, "", service.hostname());
        String pattern = context.mesh().outboundClusterStatName();
        String prefix =
                pattern.isEmpty() ? cluster : StatPrefixes.outbound(pattern, service.hostname(), "", port, "", service);
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(prefix).setCluster(cluster);
        settings(rule(service.hostname()), "", true, proxy);
        ImmutableList<Filter> terminal = ImmutableList.<Filter>builder()
                .addAll(resolving)
                .addAll(stack(listenPort.protocol(), proxy, outbound(), prefix, cluster))
                .build();
        return complete(outbound(), terminal, false);
    }

    /**
     * To one cluster.
     *
     * @param tunnels whether the rule's tunnel settings hold here
     * @param exchange whether workload facts are exchanged on these connections
     */
    public ImmutableList<Filter> toCluster(
            String statPrefix,
            String cluster,
            String subset,
            ServicePort port,
            @Nullable DestinationRule rule,
            boolean tunnels,
            boolean exchange) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(statPrefix).setCluster(cluster);
        settings(rule, subset, tunnels, proxy);
        return complete(outbound(), stack(port.protocol(), proxy, outbound(), statPrefix, cluster), exchange);
    }

    private ImmutableList<Filter> toWeighted(
            List<RouteDestination> routes,
            ServicePort port,
            MergedVirtualService owner,
            @Nullable DestinationRule rule,
            boolean exchange) {
        String statPrefix = owner.resource().name() + "." + owner.namespace();
        WeightedCluster.Builder clusters = WeightedCluster.newBuilder();
        for (RouteDestination route : routes) {
            if (route.weight() > 0) {
                clusters.addClusters(WeightedCluster.ClusterWeight.newBuilder()
                        .setName(Destinations.cluster(route.destination(), service(route), port.port()))
                        .setWeight(route.weight()));
            }
        }
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(statPrefix).setWeightedClusters(clusters);
        settings(rule, "", true, proxy);
        String first =
                clusters.getClustersCount() == 0 ? "" : clusters.getClusters(0).getName();
        return complete(outbound(), stack(port.protocol(), proxy, outbound(), statPrefix, first), exchange);
    }

    /** An inbound chain to the local application. */
    public ImmutableList<Filter> inbound(String statPrefix, String cluster, Protocol protocol) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(statPrefix).setCluster(cluster);
        idle(null, proxy);
        ListenerClass side = ListenerClass.SIDECAR_INBOUND;
        return complete(side, stack(protocol, proxy, side, statPrefix, cluster), true);
    }

    private ListenerClass outbound() {
        return context.outboundClass();
    }

    /** Order: facts first, so that policies and logs of refused connections have them. */
    private ImmutableList<Filter> complete(ListenerClass side, ImmutableList<Filter> terminal, boolean exchange) {
        ImmutableList.Builder<Filter> filters = ImmutableList.builder();
        if (exchange) {
            filters.addAll(context.metadataExchange());
        }
        return filters.addAll(policies.customTcp(side))
                .addAll(policies.rulesTcp(side))
                .addAll(context.telemetry().networkFilters(side))
                .addAll(terminal)
                .build();
    }

    private ImmutableList<Filter> stack(
            Protocol protocol, TcpProxy.Builder proxy, ListenerClass side, String statPrefix, String cluster) {
        Filter tcp = NetworkFilters.tcpProxy(
                proxy.addAllAccessLog(context.telemetry().accessLogs().tcp(side))
                        .build());
        return switch (protocol) {
            case MONGO ->
                view.isOn(Feature.ENABLE_MONGO_FILTER)
                        ? ImmutableList.of(NetworkFilters.mongo(statPrefix), tcp)
                        : ImmutableList.of(tcp);
            case REDIS ->
                view.isOn(Feature.ENABLE_REDIS_FILTER)
                        ? ImmutableList.of(NetworkFilters.redis(statPrefix, cluster))
                        : ImmutableList.of(tcp);
            case MYSQL ->
                view.isOn(Feature.ENABLE_MYSQL_FILTER)
                        ? ImmutableList.of(NetworkFilters.mysql(statPrefix), tcp)
                        : ImmutableList.of(tcp);
            case GRPC, GRPC_WEB, HTTP, HTTP_PROXY, HTTP2, HTTPS, TCP, TLS, UDP, HBONE, DOUBLE_HBONE, UNSUPPORTED ->
                ImmutableList.of(tcp);
        };
    }

    private void settings(@Nullable DestinationRule rule, String subset, boolean tunnels, TcpProxy.Builder proxy) {
        TrafficPolicy policy = rule == null ? null : rule.trafficPolicy();
        ConnectionPoolSettings pool = policy == null ? null : policy.connectionPool();
        ConnectionPoolSettings.TCPSettings tcp = pool == null ? null : pool.tcp();
        idle(tcp, proxy);
        if (tcp != null && tcp.maxConnectionDuration() != null) {
            proxy.setMaxDownstreamConnectionDuration(Protos.duration(tcp.maxConnectionDuration()));
        }
        if (rule == null) {
            return;
        }
        TrafficPolicy ofSubset = ofSubset(rule, subset);
        if (hashesSource(policy, ofSubset)) {
            proxy.addHashPolicy(HashPolicy.newBuilder().setSourceIp(HashPolicy.SourceIp.getDefaultInstance()));
        }
        TrafficPolicy tunneled = subset.isEmpty() ? policy : ofSubset;
        if (tunnels && tunneled != null && tunneled.tunnel() != null) {
            TrafficPolicy.TunnelSettings tunnel = tunneled.tunnel();
            proxy.setTunnelingConfig(TunnelingConfig.newBuilder()
                    .setHostname(Addresses.hostAndPort(tunnel.targetHost(), tunnel.targetPort()))
                    .setUsePost(tunnel.protocol().equals("POST")));
        }
    }

    private void idle(ConnectionPoolSettings.@Nullable TCPSettings tcp, TcpProxy.Builder proxy) {
        Duration idle = tcp != null && tcp.idleTimeout() != null
                ? Protos.duration(tcp.idleTimeout())
                : GoDurations.parse(context.proxy().metadata().text("IDLE_TIMEOUT"));
        if (idle != null) {
            proxy.setIdleTimeout(idle);
        }
    }

    private static @Nullable TrafficPolicy ofSubset(DestinationRule rule, String name) {
        for (Subset subset : rule.subsets()) {
            if (subset.name().equals(name)) {
                return subset.trafficPolicy();
            }
        }
        return null;
    }

    /** A subset's load balancer decides, if it has one. */
    private static boolean hashesSource(@Nullable TrafficPolicy rule, @Nullable TrafficPolicy subset) {
        LoadBalancerSettings settings = subset != null && subset.loadBalancer() != null
                ? subset.loadBalancer()
                : rule == null ? null : rule.loadBalancer();
        ConsistentHashLB hash = settings == null ? null : settings.consistentHash();
        return hash != null && Boolean.TRUE.equals(hash.useSourceIp());
    }
}
