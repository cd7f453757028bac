package io.layar.xdsgen.grpc;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Hosts;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.route.SidecarRoutes;
import java.util.Collection;
import java.util.Locale;

/** Routes by the name of a service's cluster: the virtual hosts of that service alone, as a sidecar would route to it. */
public final class GrpcRoutes {
    private GrpcRoutes() {}

    /** Order: as asked for. Names of another shape are left out. */
    public static ImmutableList<XdsResource> generate(ProxyView view, Collection<String> names) {
        var out = ImmutableList.<XdsResource>builder();
        for (String name : names) {
            ClusterNames.Parts parts = ClusterNames.parse(name);
            if (parts != null && parts.port() != 0 && !parts.host().isEmpty()) {
                out.add(route(view, name, parts.host().toLowerCase(Locale.ROOT), parts.port()));
            }
        }
        return out.build();
    }

    private static XdsResource route(ProxyView view, String name, String host, int port) {
        XdsResource all = SidecarRoutes.withoutProxy(view, name, port);
        RouteConfiguration.Builder own = RouteConfiguration.newBuilder().setName(name);
        for (VirtualHost candidate : ((RouteConfiguration) all.message()).getVirtualHostsList()) {
            if (candidate.getDomainsList().stream().anyMatch(domain -> matches(domain, host, port))) {
                own.addVirtualHosts(bounded(candidate));
            }
        }
        return new XdsResource(name, own.build(), all.provenance());
    }

    private static boolean matches(String text, String host, int port) {
        String domain = text.toLowerCase(Locale.ROOT);
        String suffix = ":" + port;
        String name = domain.endsWith(suffix) ? domain.substring(0, domain.length() - suffix.length()) : domain;
        return name.equals(Addresses.bracketed(host)) || (Hosts.isWildcard(name) && Hosts.overlap(name, host));
    }

    /** gRPC reads a route's timeout where a proxy of the same age would not. */
    @SuppressWarnings("deprecation")
    private static VirtualHost bounded(VirtualHost host) {
        VirtualHost.Builder out = host.toBuilder();
        for (Route.Builder route : out.getRoutesBuilderList()) {
            if (route.hasRoute()) {
                RouteAction.Builder action = route.getRouteBuilder();
                action.clearMaxGrpcTimeout()
                        .setMaxStreamDuration(MaxStreamDuration.newBuilder().setMaxStreamDuration(action.getTimeout()));
            }
        }
        return out.build();
    }
}
