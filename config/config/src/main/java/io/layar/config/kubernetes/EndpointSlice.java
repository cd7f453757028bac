package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** A Kubernetes EndpointSlice: some endpoints of a service. */
public record EndpointSlice(
        String addressType,
        ImmutableList<Endpoint> endpoints,
        ImmutableList<EndpointPort> ports) {
    /** The {@code Endpoint} message of {@link EndpointSlice}. */
    public record Endpoint(
            ImmutableList<String> addresses,
            @Nullable EndpointConditions conditions,
            @Nullable String hostname,
            @Nullable String nodeName,
            @Nullable String zone,
            @Nullable ObjectReference targetRef) {}

    /** The {@code EndpointConditions} message of {@link EndpointSlice}. */
    public record EndpointConditions(
            @Nullable Boolean ready,
            @Nullable Boolean serving,
            @Nullable Boolean terminating) {}
}
