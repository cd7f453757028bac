package io.layar.xdsgen.translate;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.cluster.Clusters;
import io.layar.xdsgen.dns.NameTables;
import io.layar.xdsgen.endpoint.Endpoints;
import io.layar.xdsgen.listener.Listeners;
import io.layar.xdsgen.route.Routes;
import java.util.List;

/** All that a proxy is sent, as it would ask for it. */
public record ProxyResources(
        ImmutableList<XdsResource> clusters,
        ImmutableList<XdsResource> endpoints,
        ImmutableList<XdsResource> listeners,
        ImmutableList<XdsResource> routes,
        ImmutableList<XdsResource> extensions,
        ImmutableList<XdsResource> nameTables) {

    public static ProxyResources of(ProxyView view) {
        ImmutableList<XdsResource> clusters = Clusters.generate(view);
        ImmutableList<XdsResource> listeners = ImmutableList.copyOf(Listeners.generate(view));
        return new ProxyResources(
                clusters,
                Endpoints.generate(view, endpointNames(clusters)),
                listeners,
                ImmutableList.copyOf(Routes.generate(view, Listeners.routeNames(listeners))),
                ImmutableList.of(),
                NameTables.isUsed(view) ? ImmutableList.of(NameTables.generate(view)) : ImmutableList.of());
    }

    /** What the clusters of type EDS ask for. Order: sorted. */
    public static List<String> endpointNames(List<XdsResource> clusters) {
        return clusters.stream()
                .map(XdsResource::message)
                .filter(Cluster.class::isInstance)
                .map(Cluster.class::cast)
                .filter(c -> c.getType() == Cluster.DiscoveryType.EDS && c.hasEdsClusterConfig())
                .map(c -> c.getEdsClusterConfig().getServiceName())
                .sorted()
                .distinct()
                .toList();
    }
}
