package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.config.mesh.MeshConfig.OutboundTrafficPolicy;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All clusters of a proxy. Order: outbound, the fixed ones, inbound. Of several with one name the first counts. */
public final class Clusters {
    private final ProxyView view;
    private final ClusterPatcher patcher;
    private final Map<String, XdsResource> out = new LinkedHashMap<>();

    private Clusters(ProxyView view) {
        this.view = view;
        this.patcher = new ClusterPatcher(view);
    }

    public static ImmutableList<XdsResource> generate(ProxyView view) {
        Clusters clusters = new Clusters(view);
        switch (view.proxy().type()) {
            case SIDECAR -> clusters.ofSidecar();
            case ROUTER -> clusters.ofGateway();
            case WAYPOINT -> clusters.ofWaypoint();
            case ZTUNNEL -> {}
        }
        if (view.proxy().metadata().text("credential").equals("true")) {
            clusters.add(fixed(SpecialClusters.externalSds(view)));
        }
        return ImmutableList.copyOf(clusters.out.values());
    }

    private void ofSidecar() {
        outbound(view.scope().services(), PatchContext.SIDECAR_OUTBOUND);
        patched(PatchContext.SIDECAR_OUTBOUND, fixed(SpecialClusters.blackHole(view)), List.of());
        patched(PatchContext.SIDECAR_OUTBOUND, fixed(SpecialClusters.passthrough(view)), List.of());
        OutboundTrafficPolicy policy = view.mesh().outboundTrafficPolicy();
        if (policy != null && policy.mode() == OutboundTrafficPolicy.Mode.ALLOW_ANY_DYNAMIC_DNS) {
            Cluster anyHost = DynamicForwardProxies.allowAny(view, policy.tls());
            patched(PatchContext.SIDECAR_OUTBOUND, fixed(anyHost), List.of());
        }
        inserted(PatchContext.SIDECAR_OUTBOUND);
        for (InboundClusters.Built built : new InboundClusters(view).build()) {
            patched(PatchContext.SIDECAR_INBOUND, built.resource(), built.hosts());
        }
        patched(PatchContext.SIDECAR_INBOUND, fixed(SpecialClusters.inboundPassthrough(view)), List.of());
        inserted(PatchContext.SIDECAR_INBOUND);
    }

    private void ofGateway() {
        List<Service> services = view.isOn(Feature.FILTER_GATEWAY_CLUSTER_CONFIG)
                ? GatewayServices.needed(view)
                : view.scope().services();
        outbound(services, PatchContext.GATEWAY);
        patched(PatchContext.GATEWAY, fixed(SpecialClusters.blackHole(view)), List.of());
        if (GatewayServices.passesThroughByServerName(view)) {
            for (Service service : view.scope().services()) {
                if (!service.meshExternal()) {
                    ports(service, OutboundClusters.Mode.SNI_FORWARDING, PatchContext.GATEWAY);
                }
            }
        }
        inserted(PatchContext.GATEWAY);
    }

    private void ofWaypoint() {
        inserted(PatchContext.SIDECAR_INBOUND);
    }

    private void outbound(List<Service> services, PatchContext context) {
        for (Service service : services) {
            if (service.resolution() == Resolution.ALIAS) {
                continue;
            }
            if (service.isWildcard() && service.resolution() == Resolution.DYNAMIC_DNS) {
                for (ServicePort port : service.ports()) {
                    if (DynamicForwardProxies.supports(port)) {
                        XdsResource cluster = DynamicForwardProxies.ofService(view, service, port);
                        patched(context, cluster, List.of(service.hostname()));
                    }
                }
            } else {
                ports(service, OutboundClusters.Mode.OUTBOUND, context);
            }
        }
    }

    private void ports(Service service, OutboundClusters.Mode mode, PatchContext context) {
        for (ServicePort port : service.ports()) {
            if (port.protocol() != Protocol.UDP) {
                new OutboundClusters(view, service, port, mode)
                        .build()
                        .forEach(cluster -> patched(context, cluster, List.of()));
            }
        }
    }

    private static XdsResource fixed(Cluster cluster) {
        return new XdsResource(cluster.getName(), cluster, ImmutableList.of());
    }

    private void patched(PatchContext context, XdsResource resource, List<String> hosts) {
        XdsResource after = patcher.apply(context, resource, hosts);
        if (after != null) {
            add(after);
        }
    }

    private void inserted(PatchContext context) {
        patcher.inserted(context).forEach(this::add);
    }

    private void add(XdsResource resource) {
        out.putIfAbsent(resource.name(), resource);
    }
}
