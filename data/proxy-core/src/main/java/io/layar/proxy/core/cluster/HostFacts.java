package io.layar.proxy.core.cluster;

import com.google.protobuf.Struct;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of a host. Equal facts mean the same host: an update then keeps its connections.
 *
 * <p>Shape: {@code metadataProto} is what {@code metadata} was made of, for comparison; {@code socketMatch} and {@code localitySocketMatch} are the
 * {@code envoy.transport_socket_match} metadata of endpoint and locality; a pipe is a {@link java.net.UnixDomainSocketAddress}.
 * Thread: any (immutable).
 */
public record HostFacts(
        Address address,
        List<Address> additionalAddresses,
        @Nullable Address healthCheckAddress,
        String hostname,
        String healthCheckHostname,
        Locality locality,
        int priority,
        MetadataFacts about,
        boolean activeHealthCheckDisabled) {

    /** Metadata of endpoint and locality. */
    public record MetadataFacts(
            io.envoyproxy.envoy.config.core.v3.Metadata endpoint,
            io.envoyproxy.envoy.config.core.v3.Metadata locality) {
        public static final MetadataFacts NONE = new MetadataFacts(
                io.envoyproxy.envoy.config.core.v3.Metadata.getDefaultInstance(),
                io.envoyproxy.envoy.config.core.v3.Metadata.getDefaultInstance());
    }

    private static final String SOCKET_MATCH = "envoy.transport_socket_match";

    /** The endpoint's metadata as plain values, made anew by each call. */
    public Metadata metadata() {
        return Metadata.of(about.endpoint());
    }

    public @Nullable Struct socketMatch() {
        return about.endpoint().getFilterMetadataMap().get(SOCKET_MATCH);
    }

    public @Nullable Struct localitySocketMatch() {
        return about.locality().getFilterMetadataMap().get(SOCKET_MATCH);
    }
}
