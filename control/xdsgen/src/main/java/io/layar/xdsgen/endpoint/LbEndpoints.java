package io.layar.xdsgen.endpoint;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.NetworkGateways.Gateway;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import java.util.Map;
import java.util.TreeMap;

/** One endpoint in Envoy's terms: address, health, weight, and the metadata that choose its transport socket. */
final class LbEndpoints {
    static final String TRANSPORT_SOCKET_MATCH = "envoy.transport_socket_match";
    static final String TLS_MODE = "tlsMode";
    static final String ISTIO_MUTUAL = "istio";
    static final String DRAINING_LABEL = "istio.io/draining";
    private static final String ISTIO = "istio";
    private static final String DISABLED = "disabled";
    private static final String CANONICAL_NAME = "service.istio.io/canonical-name";
    private static final String CANONICAL_REVISION = "service.istio.io/canonical-revision";

    private final ProxyView view;
    private final Service service;

    LbEndpoints(ProxyView view, Service service) {
        this.view = view;
        this.service = service;
    }

    LbEndpoint of(Endpoint endpoint, boolean mutualTls) {
        var address = io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                .setAddress(Addresses.of(endpoint.address(), endpoint.port()));
        if (view.isOn(Feature.ENABLE_DUAL_STACK)) {
            endpoint.addresses().stream()
                    .skip(1)
                    .forEach(other -> address.addAdditionalAddresses(
                            io.envoyproxy.envoy.config.endpoint.v3.Endpoint.AdditionalAddress.newBuilder()
                                    .setAddress(Addresses.of(other, endpoint.port()))));
        }
        return LbEndpoint.newBuilder()
                .setHealthStatus(health(endpoint))
                .setLoadBalancingWeight(UInt32Value.of(endpoint.weight() == 0 ? 1 : endpoint.weight()))
                .setEndpoint(address)
                .setMetadata(metadata(endpoint, mutualTls))
                .build();
    }

    private static HealthStatus health(Endpoint endpoint) {
        if (!endpoint.labels().getOrDefault(DRAINING_LABEL, "").isEmpty()) {
            return HealthStatus.DRAINING;
        }
        return switch (endpoint.health()) {
            case UNKNOWN -> HealthStatus.UNKNOWN;
            case HEALTHY -> HealthStatus.HEALTHY;
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
            case DRAINING -> HealthStatus.DRAINING;
            case TERMINATING -> HealthStatus.TIMEOUT;
        };
    }

    private Metadata metadata(Endpoint endpoint, boolean mutualTls) {
        Map<String, String> labels = endpoint.labels();
        String namespace = endpoint.namespace();
        if (service.meshExternal() && view.isOn(Feature.CANONICAL_SERVICE_FOR_MESH_EXTERNAL_SERVICE_ENTRY)) {
            namespace = service.namespace();
            if (service.labels().containsKey(CANONICAL_NAME)) {
                labels = new TreeMap<>(labels);
                labels.put(CANONICAL_NAME, service.labels().getOrDefault(CANONICAL_NAME, ""));
                labels.put(CANONICAL_REVISION, service.labels().getOrDefault(CANONICAL_REVISION, ""));
            }
        }
        String workload = workload(endpoint.workloadName(), namespace, labels, endpoint.clusterId());
        return metadata(mutualTls ? endpoint.tlsMode() : "", workload);
    }

    private Metadata metadata(String tlsMode, String workload) {
        Metadata.Builder out = Metadata.newBuilder();
        if (!tlsMode.isEmpty() && !tlsMode.equals(DISABLED)) {
            out.putFilterMetadata(TRANSPORT_SOCKET_MATCH, text(TLS_MODE, tlsMode));
        }
        if (view.isOn(Feature.ENABLE_TELEMETRY_LABEL) && view.isOn(Feature.ENDPOINT_TELEMETRY_LABEL)) {
            out.putFilterMetadata(ISTIO, text("workload", workload));
        }
        return out.build();
    }

    private static Struct text(String key, String value) {
        return Struct.newBuilder().putFields(key, Protos.text(value)).build();
    }

    /** {@code name;namespace;canonical name;canonical revision;cluster}: what telemetry reports of the server. */
    private static String workload(String name, String namespace, Map<String, String> labels, String clusterId) {
        String canonical = first(labels, name, CANONICAL_NAME, "app.kubernetes.io/name", "app");
        String revision = first(labels, "latest", CANONICAL_REVISION, "app.kubernetes.io/version", "version");
        return String.join(";", name, namespace, canonical, revision.equals("latest") ? "" : revision, clusterId);
    }

    private static String first(Map<String, String> labels, String otherwise, String... keys) {
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }

    /** A gateway in front of another network, in the place of the endpoints behind it. */
    LbEndpoint ofGateway(Gateway gateway, int weight) {
        return LbEndpoint.newBuilder()
                .setLoadBalancingWeight(UInt32Value.of(weight))
                .setEndpoint(io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                        .setAddress(Addresses.of(gateway.address(), gateway.port())))
                .setMetadata(metadata(ISTIO_MUTUAL, workload("", "", Map.of(), gateway.clusterId())))
                .build();
    }

    static boolean isMutualTls(LbEndpoint endpoint) {
        Struct match = endpoint.getMetadata().getFilterMetadataMap().get(TRANSPORT_SOCKET_MATCH);
        return match != null
                && match.containsFields(TLS_MODE)
                && match.getFieldsOrThrow(TLS_MODE).getStringValue().equals(ISTIO_MUTUAL);
    }
}
