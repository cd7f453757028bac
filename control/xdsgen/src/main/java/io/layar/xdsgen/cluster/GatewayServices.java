package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import io.layar.config.networking.Server;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.mesh.GatewaySelection;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.scope.VirtualServiceDestinations;
import io.layar.mesh.service.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which services a gateway needs clusters for. */
final class GatewayServices {
    private GatewayServices() {}

    /** Those that its routes lead to, and those of the mesh's extension providers. */
    static List<Service> needed(ProxyView view) {
        Set<String> hosts = new HashSet<>(ProviderServices.of(view.mesh()));
        for (GatewaySelection gateway : view.gateways()) {
            String name =
                    gateway.gateway().namespace() + "/" + gateway.gateway().name();
            for (MergedVirtualService route : view.snapshot().virtualServices().all()) {
                if (route.gateways().contains(name)) {
                    hosts.addAll(VirtualServiceDestinations.of(route.spec(), "").keySet());
                }
            }
        }
        return view.scope().services().stream()
                .filter(s -> hosts.contains(s.hostname()) || hosts.contains(s.namespace() + "/" + s.hostname()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Does it pass mutual TLS on by the server name, as an east-west gateway does? */
    static boolean passesThroughByServerName(ProxyView view) {
        for (GatewaySelection gateway : view.gateways()) {
            for (Server server : gateway.gateway().spec().servers()) {
                if (server.tls() != null && server.tls().mode() == ServerTLSSettings.TLSmode.AUTO_PASSTHROUGH) {
                    return true;
                }
            }
        }
        return false;
    }
}
