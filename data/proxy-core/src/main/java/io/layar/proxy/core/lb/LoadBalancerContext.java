package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import org.jspecify.annotations.Nullable;

/** What a request or a connection wishes of the load balancer. Thread: event loop of its stream. */
public interface LoadBalancerContext {
    /** Wishes nothing. */
    LoadBalancerContext NONE = new LoadBalancerContext() {};

    /** True where {@link #hash} has a meaning: a hash policy found something to hash. */
    default boolean hasHash() {
        return false;
    }

    /** 64 bits for ring hash and Maglev. */
    default long hash() {
        return 0;
    }

    /** Criteria for subsets (namespace {@code envoy.lb}), or null. */
    default @Nullable MetadataMatch metadataMatch() {
        return null;
    }

    /** True if the host just chosen is not wanted (a retry's host predicates) and another draw is. */
    default boolean shouldSelectAnotherHost(Host host) {
        return false;
    }

    /** How often to draw again at most. */
    default int hostSelectionRetryCount() {
        return 1;
    }

    /** Load by priority, where a retry's priority predicate changes it (previous_priorities); else {@code original}. */
    default PriorityLoad priorityLoad(PrioritySet hosts, PriorityLoad original) {
        return original;
    }

    /** The downstream connection, or null. Original destination clusters need it. */
    default @Nullable ConnectionInfo downstreamConnection() {
        return null;
    }

    /** The request, or null. */
    default @Nullable StreamInfo streamInfo() {
        return null;
    }

    /** A downstream request header, or null: {@code x-envoy-original-dst-host}. */
    default @Nullable String requestHeader(String name) {
        return null;
    }

    /** The address of a host to take if it may be taken (stateful session), or null. */
    default @Nullable String overrideHost() {
        return null;
    }

    /** True: no host at all rather than another one than {@link #overrideHost}. */
    default boolean overrideHostStrict() {
        return false;
    }
}
