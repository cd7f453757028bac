package io.layar.config.kubernetes;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Records;
import org.jspecify.annotations.Nullable;

/** A Kubernetes EndpointSlice: some endpoints of a service. */
public record EndpointSlice(String addressType, ImmutableList<Endpoint> endpoints, ImmutableList<EndpointPort> ports) {
    public EndpointSlice withAddressType(String addressType) {
        return Records.with(this, "addressType", addressType);
    }

    public EndpointSlice withEndpoints(ImmutableList<Endpoint> endpoints) {
        return Records.with(this, "endpoints", endpoints);
    }

    public EndpointSlice withPorts(ImmutableList<EndpointPort> ports) {
        return Records.with(this, "ports", ports);
    }

    /** The {@code Endpoint} message of {@link EndpointSlice}. */
    public record Endpoint(
            ImmutableList<String> addresses,
            @Nullable EndpointConditions conditions,
            @Nullable String hostname,
            @Nullable String nodeName,
            @Nullable String zone,
            @Nullable ObjectReference targetRef) {
        public Endpoint withAddresses(ImmutableList<String> addresses) {
            return Records.with(this, "addresses", addresses);
        }

        public Endpoint withConditions(@Nullable EndpointConditions conditions) {
            return Records.with(this, "conditions", conditions);
        }

        public Endpoint withHostname(@Nullable String hostname) {
            return Records.with(this, "hostname", hostname);
        }

        public Endpoint withNodeName(@Nullable String nodeName) {
            return Records.with(this, "nodeName", nodeName);
        }

        public Endpoint withZone(@Nullable String zone) {
            return Records.with(this, "zone", zone);
        }

        public Endpoint withTargetRef(@Nullable ObjectReference targetRef) {
            return Records.with(this, "targetRef", targetRef);
        }
    }

    /** The {@code EndpointConditions} message of {@link EndpointSlice}. */
    public record EndpointConditions(
            @Nullable Boolean ready,
            @Nullable Boolean serving,
            @Nullable Boolean terminating) {}
}
