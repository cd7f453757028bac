package io.layar.xdsgen.endpoint;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.ProxyType;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Load assignments of clusters of type EDS. */
public final class Endpoints {
    private static final String SNI_PREFIX = "outbound_.";

    /** Which endpoints a cluster's name asks for. */
    private record Name(int port, String subset, String host, boolean sniForwarding) {}

    private Endpoints() {}

    /** One assignment for each name, in their order; an empty one where the proxy sees no such service. */
    public static ImmutableList<XdsResource> generate(ProxyView view, List<String> clusterNames) {
        return clusterNames.stream().map(name -> one(view, name)).collect(ImmutableList.toImmutableList());
    }

    public static XdsResource one(ProxyView view, String clusterName) {
        Name name = parse(clusterName);
        Service service = name == null ? null : view.scope().service(name.host);
        ServicePort port = service == null || name == null ? null : service.port(name.port);
        if (name == null
                || service == null
                || port == null
                || service.resolution().isDns()) {
            return new XdsResource(clusterName, empty(clusterName), ImmutableList.of());
        }
        MergedDestinationRule rule = view.destinationRule(service.hostname());
        var origins = ImmutableList.<String>builder().addAll(service.origins());
        if (rule != null) {
            origins.addAll(rule.origins());
        }
        ClusterLoadAssignment assignment = assignment(view, clusterName, name, service, port, rule);
        return new XdsResource(clusterName, assignment, origins.build());
    }

    private static ClusterLoadAssignment empty(String clusterName) {
        return ClusterLoadAssignment.newBuilder().setClusterName(clusterName).build();
    }

    private static ClusterLoadAssignment assignment(
            ProxyView view,
            String clusterName,
            Name name,
            Service service,
            ServicePort port,
            @Nullable MergedDestinationRule rule) {
        EndpointGroups builder = new EndpointGroups(view, service, name.port, name.subset, rule);
        List<Endpoint> endpoints = usable(view, service, port, builder.subsetLabels());
        List<LocalityGroup> groups = builder.of(endpoints, name.sniForwarding);
        TrafficPolicy policy = builder.policy();
        LocalityPreference preference =
                LocalityPreference.of(view.mesh(), policy == null ? null : policy.loadBalancer(), service);
        if (!(preference instanceof LocalityPreference.ByZone && view.proxy().type() == ProxyType.WAYPOINT)) {
            groups = new LocalityOrder(view.proxy().locality(), view.proxy().labels())
                    .apply(preference, groups, policy != null && policy.outlierDetection() != null);
        }
        ClusterLoadAssignment.Builder out = ClusterLoadAssignment.newBuilder().setClusterName(clusterName);
        groups.forEach(group -> out.addEndpoints(group.build()));
        return out.build();
    }

    /** EDS takes addresses and sockets, no names. */
    private static List<Endpoint> usable(
            ProxyView view, Service service, ServicePort port, Map<String, String> labels) {
        return view.snapshot().endpoints().of(service.key()).all().stream()
                .filter(e -> e.servicePortName().equals(port.name())
                        && e.labels().entrySet().containsAll(labels.entrySet())
                        && (e.address().isEmpty() || e.port() == 0 || InetAddresses.isInetAddress(e.address())))
                .toList();
    }

    private static @Nullable Name parse(String clusterName) {
        boolean sni = clusterName.startsWith(SNI_PREFIX);
        String[] parts = clusterName.split(sni ? "_\\." : "\\|", 4);
        if (parts.length != 4 || parts[1].isEmpty() || !parts[1].chars().allMatch(Character::isDigit)) {
            return null;
        }
        return new Name(Integer.parseInt(parts[1]), parts[2], parts[3], sni);
    }
}
