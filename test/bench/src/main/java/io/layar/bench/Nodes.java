package io.layar.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Map;

/** How the bench's proxies introduce themselves: as Istio's own sidecars and gateways do. */
final class Nodes {
    private Nodes() {}

    static Node sidecar(int i, String address) {
        return node("sidecar~" + address + "~pod-" + i + ".bench~bench.svc.cluster.local", Map.of("app", "svc-" + i));
    }

    static Node gateway() {
        return node("router~10.9.9.9~gateway-0.bench~bench.svc.cluster.local", Map.of("istio", "gateway"));
    }

    private static Node node(String id, Map<String, String> labels) {
        Struct.Builder labelFields = Struct.newBuilder();
        labels.forEach((name, value) -> labelFields.putFields(name, text(value)));
        return Node.newBuilder()
                .setId(id)
                .setCluster("bench")
                .setMetadata(Struct.newBuilder()
                        .putFields("NAMESPACE", text("bench"))
                        .putFields("CLUSTER_ID", text("Kubernetes"))
                        .putFields("MESH_ID", text("cluster.local"))
                        .putFields("ISTIO_VERSION", text("1.32.0"))
                        .putFields("INTERCEPTION_MODE", text("REDIRECT"))
                        .putFields(
                                "LABELS",
                                Value.newBuilder().setStructValue(labelFields).build()))
                .build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
