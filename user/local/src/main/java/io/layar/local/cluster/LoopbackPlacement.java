package io.layar.local.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.local.network.PodAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Fits a proxy's configuration to a pod that is a loopback address. Pure.
 *
 * <p>Nothing is captured there, and all pods share the machine's loopback: so every listener that binds does so on the pod's own
 * address, each inbound port gets a listener of its own (with the filter chains of {@code virtualInbound}, which choose by
 * destination port), and inbound clusters go to the application's address. Routes, policies and filters stay as they are.
 */
public final class LoopbackPlacement {
    private static final String VIRTUAL_INBOUND = "virtualInbound";
    private static final String HTTP_PROXY = "http_proxy";
    private static final int INBOUND_PORT = 15006;

    private final PodAddress pod;

    public LoopbackPlacement(PodAddress pod) {
        this.pod = pod;
    }

    /** The listeners that stand for {@code listener} on this pod: none for one that only captured traffic would reach. */
    public List<Listener> listeners(Listener listener) {
        boolean binds = !listener.hasBindToPort() || listener.getBindToPort().getValue();
        if (!binds) {
            return List.of();
        }
        List<Listener> placed = new ArrayList<>();
        placed.add(onPod(listener));
        if (listener.getName().equals(VIRTUAL_INBOUND)) {
            inboundPorts(listener).forEach(port -> placed.add(inbound(listener, port)));
        }
        return placed;
    }

    private Listener onPod(Listener listener) {
        Listener.Builder out = listener.toBuilder();
        out.setAddress(moved(listener.getAddress()));
        out.clearAdditionalAddresses();
        return out.build();
    }

    private Address moved(Address address) {
        if (!address.hasSocketAddress()) {
            return address;
        }
        return Address.newBuilder()
                .setSocketAddress(address.getSocketAddress().toBuilder().setAddress(pod.mesh()))
                .build();
    }

    private static SortedSet<Integer> inboundPorts(Listener listener) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (FilterChain chain : listener.getFilterChainsList()) {
            int port = chain.getFilterChainMatch().getDestinationPort().getValue();
            if (port != 0 && port != INBOUND_PORT) {
                ports.add(port);
            }
        }
        return ports;
    }

    private Listener inbound(Listener virtualInbound, int port) {
        Listener.Builder out = virtualInbound.toBuilder();
        out.setName("inbound_" + pod.mesh() + "_" + port);
        out.setAddress(Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress(pod.mesh()).setPortValue(port)));
        out.clearAdditionalAddresses().clearUseOriginalDst();
        out.setTrafficDirection(TrafficDirection.INBOUND);
        List<FilterChain> own = virtualInbound.getFilterChainsList().stream()
                .filter(chain ->
                        chain.getFilterChainMatch().getDestinationPort().getValue() == port)
                .toList();
        return out.clearFilterChains().addAllFilterChains(own).build();
    }

    /**
     * The routes as this pod needs them. Behind the HTTP proxy port, services on other ports than 80 are virtual hosts with a port in
     * their name, which Istio's own {@code ignore_port_in_host_matching} keeps from ever being found.
     */
    public RouteConfiguration routes(RouteConfiguration routes) {
        return routes.getName().equals(HTTP_PROXY)
                ? routes.toBuilder().setIgnorePortInHostMatching(false).build()
                : routes;
    }

    /** The cluster as this pod needs it: what went to the original destination goes to the application's address. */
    public Cluster cluster(Cluster cluster) {
        String[] parts = cluster.getName().split("\\|", -1);
        if (!parts[0].equals("inbound") || cluster.getType() != Cluster.DiscoveryType.ORIGINAL_DST) {
            return cluster;
        }
        Cluster.Builder out = cluster.toBuilder();
        out.clearUpstreamBindConfig().clearLbPolicy().clearOriginalDstLbConfig();
        out.setType(Cluster.DiscoveryType.STATIC);
        ClusterLoadAssignment.Builder assignment =
                out.getLoadAssignmentBuilder().setClusterName(cluster.getName());
        assignment
                .addEndpointsBuilder()
                .addLbEndpointsBuilder()
                .getEndpointBuilder()
                .getAddressBuilder()
                .getSocketAddressBuilder()
                .setAddress(pod.application())
                .setPortValue(Integer.parseInt(parts[1]));
        return out.build();
    }
}
