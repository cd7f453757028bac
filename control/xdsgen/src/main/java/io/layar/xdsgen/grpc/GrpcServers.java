package io.layar.xdsgen.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.NonForwardingAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.ServiceTarget;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.HttpFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listeners of a gRPC server, which asks for them by its address. */
final class GrpcServers {
    private static final String TLS_MODE_LABEL = "security.istio.io/tlsMode";

    private GrpcServers() {}

    /** Names whose port no service leads to are left out. */
    static ImmutableList<XdsResource> generate(ProxyView view, List<String> names) {
        var out = ImmutableList.<XdsResource>builder();
        for (String name : names) {
            HostAndPort address = ListenerNames.parse(name.substring(ListenerNames.INBOUND_PREFIX.length()));
            ServiceTarget target = address == null ? null : target(view, address.getPortOrDefault(0));
            if (address != null && target != null) {
                out.add(listener(view, name, address, target));
            }
        }
        return out.build();
    }

    /** Of several services behind one port the last counts. */
    private static @Nullable ServiceTarget target(ProxyView view, int port) {
        ServiceTarget found = null;
        for (ServiceTarget target : view.targets()) {
            found = target.targetPort() == port ? target : found;
        }
        return found;
    }

    private static XdsResource listener(ProxyView view, String name, HostAndPort address, ServiceTarget target) {
        int port = target.targetPort();
        Listener listener = Listener.newBuilder()
                .setName(name)
                .setAddress(Addresses.of(address.getHost(), port))
                .addAllAdditionalAddresses(Addresses.additional(view.extraAddresses(target.service()), port))
                .addFilterChains(chain(takesMutualTls(view, port)))
                .build();
        return new XdsResource(name, listener, target.service().origins());
    }

    /** gRPC has no way to take both: where clients are told to use mutual TLS by themselves, it is all that is taken. */
    private static boolean takesMutualTls(ProxyView view, int port) {
        return switch (view.mutualTls().of(port)) {
            case STRICT -> true;
            case PERMISSIVE ->
                view.proxy().labels().getOrDefault(TLS_MODE_LABEL, "").equals("istio");
            case DISABLE, UNKNOWN -> false;
        };
    }

    private static FilterChain chain(boolean mutualTls) {
        String suffix = mutualTls ? "mtls" : "plaintext";
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setRouteConfig(RouteConfiguration.newBuilder()
                        .setName("inbound")
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .addDomains("*")
                                .addRoutes(Route.newBuilder()
                                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                        .setNonForwardingAction(NonForwardingAction.getDefaultInstance()))))
                .addHttpFilters(HttpFilters.router(false))
                .build();
        FilterChain.Builder chain = FilterChain.newBuilder()
                .setName("inbound-" + suffix)
                .addFilters(Filter.newBuilder().setName("inbound-hcm" + suffix).setTypedConfig(Protos.pack(manager)));
        if (mutualTls) {
            chain.setTransportSocket(CertificateProviders.ofServer());
        }
        return chain.build();
    }
}
