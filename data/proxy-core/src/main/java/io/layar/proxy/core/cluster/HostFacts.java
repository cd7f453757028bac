package io.layar.proxy.core.cluster;

import com.google.protobuf.Struct;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of a host.
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

    /** True where {@code other} describes the same host: its connections can stay, whatever metadata or priority it has now. */
    public boolean sameHostAs(HostFacts other) {
        return address.equals(other.address)
                && locality.equals(other.locality)
                && hostname.equals(other.hostname)
                && additionalAddresses.equals(other.additionalAddresses)
                && Objects.equals(healthCheckAddress, other.healthCheckAddress)
                && Objects.equals(socketMatch(), other.socketMatch())
                && Objects.equals(localitySocketMatch(), other.localitySocketMatch());
    }

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
