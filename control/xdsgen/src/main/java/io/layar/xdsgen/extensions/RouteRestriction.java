package io.layar.xdsgen.extensions;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import java.util.LinkedHashMap;
import java.util.Map;

/** Routes without the settings of filters that a node lacks. */
final class RouteRestriction {
    private RouteRestriction() {}

    static RouteConfiguration of(NodeExtensions node, RouteConfiguration routes) {
        RouteConfiguration.Builder out = routes.toBuilder();
        Map<String, Any> all = known(node, out.getTypedPerFilterConfigMap());
        out.clearTypedPerFilterConfig().putAllTypedPerFilterConfig(all);
        for (VirtualHost.Builder host : out.getVirtualHostsBuilderList()) {
            Map<String, Any> ofHost = known(node, host.getTypedPerFilterConfigMap());
            host.clearTypedPerFilterConfig().putAllTypedPerFilterConfig(ofHost);
            host.getRoutesBuilderList().forEach(route -> restrict(node, route));
        }
        RouteConfiguration made = out.build();
        return made.equals(routes) ? routes : made;
    }

    private static void restrict(NodeExtensions node, Route.Builder route) {
        Map<String, Any> own = known(node, route.getTypedPerFilterConfigMap());
        route.clearTypedPerFilterConfig().putAllTypedPerFilterConfig(own);
        if (route.hasRoute() && route.getRoute().hasWeightedClusters()) {
            var clusters = route.getRouteBuilder().getWeightedClustersBuilder();
            for (WeightedCluster.ClusterWeight.Builder cluster : clusters.getClustersBuilderList()) {
                Map<String, Any> ofCluster = known(node, cluster.getTypedPerFilterConfigMap());
                cluster.clearTypedPerFilterConfig().putAllTypedPerFilterConfig(ofCluster);
            }
        }
    }

    private static Map<String, Any> known(NodeExtensions node, Map<String, Any> configs) {
        Map<String, Any> out = new LinkedHashMap<>();
        configs.forEach((name, config) -> {
            if (node.has(name, config)) {
                out.put(name, config);
            }
        });
        return out;
    }
}
