package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;

/** The mesh's networks: which addresses and registries belong to which, and the gateways into each. */
public record Networks(ImmutableSortedMap<String, Network> byName) {
    public static final Networks NONE = new Networks(ImmutableSortedMap.of());

    /** Endpoints of one network: address ranges, registries; and its gateways. */
    public record Network(
            ImmutableList<String> cidrs, ImmutableList<String> registries, ImmutableList<NetworkGateway> gateways) {}

    /** A way into a network. {@code registryService} is empty when {@code address} is given. */
    public record NetworkGateway(String network, String clusterId, String address, String registryService, int port) {}
}
