package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Endpoints object. */
public record Endpoints(ImmutableList<EndpointSubset> subsets) {
    /** The {@code EndpointSubset} message of {@link Endpoints}. */
    public record EndpointSubset(
            ImmutableList<EndpointAddress> addresses,
            ImmutableList<EndpointAddress> notReadyAddresses,
            ImmutableList<EndpointPort> ports) {}

    /** The {@code EndpointAddress} message of {@link Endpoints}. */
    public record EndpointAddress(
            String ip,
            String hostname,
            @Nullable String nodeName,
            @Nullable ObjectReference targetRef) {}
}
