package io.layar.config.mesh;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** One network of the mesh: the endpoints in it and the gateways into it. */
public record Network(ImmutableList<NetworkEndpoints> endpoints, ImmutableList<IstioNetworkGateway> gateways) {
    /** The {@code NetworkEndpoints} message of {@link Network}. */
    public record NetworkEndpoints(
            @OneOf("ne") @Nullable String fromCidr,
            @OneOf("ne") @Nullable String fromRegistry) {}

    /** The {@code IstioNetworkGateway} message of {@link Network}. */
    public record IstioNetworkGateway(
            @OneOf("gw") @Nullable String registryServiceName,
            @OneOf("gw") @Nullable String address,
            @Unsigned int port,
            String locality) {}
}
