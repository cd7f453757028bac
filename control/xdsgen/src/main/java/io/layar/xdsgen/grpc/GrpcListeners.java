package io.layar.xdsgen.grpc;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.HttpFilters;
import java.util.Collection;

/** Listeners of a client (an API listener for each port of a service) and of a server. */
public final class GrpcListeners {
    private GrpcListeners() {}

    /**
     * The listeners of these names, or of every service if there are none. Order: outbound as the scope has its services,
     * then inbound as asked for. A service that was asked for by two names has two.
     */
    public static ImmutableList<XdsResource> generate(ProxyView view, Collection<String> names) {
        ListenerNames wanted = ListenerNames.of(names, view.proxy());
        var out = ImmutableList.<XdsResource>builder();
        for (Service service : view.scope().services()) {
            ListenerNames.Request request = wanted.of(service.hostname());
            if (request != null) {
                request.names()
                        .forEach(name -> service.ports().stream()
                                .filter(port -> request.wants(port.port()))
                                .forEach(port -> out.add(outbound(view, service, port, name))));
            }
        }
        out.addAll(GrpcServers.generate(view, wanted.inbound()));
        return out.build();
    }

    private static XdsResource outbound(ProxyView view, Service service, ServicePort port, String host) {
        String name = Addresses.hostAndPort(host, port.port());
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .addHttpFilters(HttpFilters.FAULT)
                .addHttpFilters(HttpFilters.router(false))
                .setRds(Rds.newBuilder()
                        .setConfigSource(ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance()))
                        .setRouteConfigName(ClusterNames.outbound(port.port(), "", service.hostname())))
                .build();
        Listener listener = Listener.newBuilder()
                .setName(name)
                .setAddress(Addresses.of(view.address(service), port.port()))
                .addAllAdditionalAddresses(Addresses.additional(view.extraAddresses(service), port.port()))
                .setApiListener(ApiListener.newBuilder().setApiListener(Protos.pack(manager)))
                .build();
        return new XdsResource(name, listener, service.origins());
    }
}
