package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import io.layar.config.decode.Unsigned;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Patches that are applied to the generated Envoy configuration. */
public record EnvoyFilter(
        @Nullable WorkloadSelector workloadSelector,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        ImmutableList<EnvoyConfigObjectPatch> configPatches,
        int priority) {
    /** The values of {@code ApplyTo} in {@link EnvoyFilter}. */
    public enum ApplyTo {
        INVALID,
        LISTENER,
        FILTER_CHAIN,
        NETWORK_FILTER,
        HTTP_FILTER,
        ROUTE_CONFIGURATION,
        VIRTUAL_HOST,
        HTTP_ROUTE,
        CLUSTER,
        EXTENSION_CONFIG,
        BOOTSTRAP,
        LISTENER_FILTER
    }

    /** The values of {@code PatchContext} in {@link EnvoyFilter}. */
    public enum PatchContext {
        ANY,
        SIDECAR_INBOUND,
        SIDECAR_OUTBOUND,
        GATEWAY,
        WAYPOINT
    }

    /** The {@code ProxyMatch} message of {@link EnvoyFilter}. */
    public record ProxyMatch(String proxyVersion, ImmutableMap<String, String> metadata) {}

    /** The {@code ClusterMatch} message of {@link EnvoyFilter}. */
    public record ClusterMatch(@Unsigned int portNumber, String service, String subset, String name) {}

    /** The {@code RouteConfigurationMatch} message of {@link EnvoyFilter}. */
    public record RouteConfigurationMatch(
            @Unsigned int portNumber,
            String portName,
            String gateway,
            @Nullable VirtualHostMatch vhost,
            String name) {
        /** The {@code RouteMatch} message of {@link RouteConfigurationMatch}. */
        public record RouteMatch(String name, Action action) {
            /** The values of {@code Action} in {@link RouteMatch}. */
            public enum Action {
                ANY,
                ROUTE,
                REDIRECT,
                DIRECT_RESPONSE
            }
        }

        /** The {@code VirtualHostMatch} message of {@link RouteConfigurationMatch}. */
        public record VirtualHostMatch(
                String name, String domainName, @Nullable RouteMatch route) {}
    }

    /** The {@code ListenerMatch} message of {@link EnvoyFilter}. */
    public record ListenerMatch(
            @Unsigned int portNumber,
            String portName,
            @Nullable FilterChainMatch filterChain,
            String listenerFilter,
            String name) {
        /** The {@code FilterChainMatch} message of {@link ListenerMatch}. */
        public record FilterChainMatch(
                String name,
                String sni,
                String transportProtocol,
                String applicationProtocols,
                @Nullable FilterMatch filter,
                @Unsigned int destinationPort,
                String transportSocket) {}

        /** The {@code FilterMatch} message of {@link ListenerMatch}. */
        public record FilterMatch(String name, @Nullable SubFilterMatch subFilter) {}

        /** The {@code SubFilterMatch} message of {@link ListenerMatch}. */
        public record SubFilterMatch(String name) {}
    }

    /** The {@code WaypointMatch} message of {@link EnvoyFilter}. */
    public record WaypointMatch(
            @Limits(min = 1, max = 65535) @Unsigned int portNumber,
            @Nullable RouteMatch route,
            @Nullable FilterMatch filter) {
        /** The {@code RouteMatch} message of {@link WaypointMatch}. */
        public record RouteMatch(String name) {}

        /** The {@code FilterMatch} message of {@link WaypointMatch}. */
        public record FilterMatch(String name, @Nullable SubFilterMatch subFilter) {
            /** The {@code SubFilterMatch} message of {@link FilterMatch}. */
            public record SubFilterMatch(String name) {}
        }
    }

    /** The {@code Patch} message of {@link EnvoyFilter}. */
    public record Patch(Operation operation, Value.@Nullable Obj value, FilterClass filterClass) {
        /** The values of {@code Operation} in {@link Patch}. */
        public enum Operation {
            INVALID,
            MERGE,
            ADD,
            REMOVE,
            INSERT_BEFORE,
            INSERT_AFTER,
            INSERT_FIRST,
            REPLACE,
            MERGE_AND_REPLACE_LIST
        }

        /** The values of {@code FilterClass} in {@link Patch}. */
        public enum FilterClass {
            UNSPECIFIED,
            AUTHN,
            AUTHZ,
            STATS
        }
    }

    /** The {@code EnvoyConfigObjectMatch} message of {@link EnvoyFilter}. */
    public record EnvoyConfigObjectMatch(
            PatchContext context,
            @Nullable ProxyMatch proxy,
            @OneOf("object_types") @Nullable ListenerMatch listener,
            @OneOf("object_types") @Nullable RouteConfigurationMatch routeConfiguration,
            @OneOf("object_types") @Nullable ClusterMatch cluster,
            @OneOf("object_types") @Nullable WaypointMatch waypoint) {}

    /** The {@code EnvoyConfigObjectPatch} message of {@link EnvoyFilter}. */
    public record EnvoyConfigObjectPatch(
            ApplyTo applyTo,
            @Nullable EnvoyConfigObjectMatch match,
            @Nullable Patch patch) {}
}
