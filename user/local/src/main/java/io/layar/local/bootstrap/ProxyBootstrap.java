package io.layar.local.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The Envoy bootstrap of one proxy of a local mesh: its node, the control plane as ADS cluster, the admin interface, and the two
 * listeners that every Istio proxy has for health (15021) and metrics (15090).
 *
 * @param node who the proxy is
 * @param address the address of its own listeners: all addresses in a namespace, the pod's own on loopback
 * @param adminAddress where the admin interface listens
 * @param controlPlaneHost address of the control plane
 * @param controlPlanePort its plain xDS port
 */
public record ProxyBootstrap(
        Node node, String address, String adminAddress, String controlPlaneHost, int controlPlanePort) {
    public static final int ADMIN_PORT = 15000;
    public static final int HEALTH_PORT = 15021;
    public static final int METRICS_PORT = 15090;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The identity that the proxy tells the control plane.
     *
     * @param type {@code sidecar} or {@code router}
     * @param name pod name
     * @param workload name of the Deployment
     */
    public record Node(
            String type,
            String name,
            String namespace,
            String ip,
            String serviceAccount,
            String workload,
            Map<String, String> labels,
            Map<String, String> annotations,
            String clusterId,
            String meshId,
            String istioVersion) {}

    /** The bootstrap as JSON text. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.set("node", nodeJson());
        root.set("admin", address(adminAddress, ADMIN_PORT));
        ObjectNode dynamic = root.putObject("dynamic_resources");
        dynamic.putObject("lds_config")
                .put("resource_api_version", "V3")
                .put("initial_fetch_timeout", "0s")
                .putObject("ads");
        dynamic.putObject("cds_config")
                .put("resource_api_version", "V3")
                .put("initial_fetch_timeout", "0s")
                .putObject("ads");
        ObjectNode ads = dynamic.putObject("ads_config");
        ads.put("api_type", "DELTA_GRPC")
                .put("transport_api_version", "V3")
                .put("set_node_on_first_message_only", true);
        ads.putArray("grpc_services").addObject().putObject("envoy_grpc").put("cluster_name", "xds-grpc");
        ObjectNode resources = root.putObject("static_resources");
        ArrayNode clusters = resources.putArray("clusters");
        clusters.add(staticCluster("prometheus_stats", adminAddress, ADMIN_PORT));
        clusters.add(controlPlane());
        ArrayNode listeners = resources.putArray("listeners");
        listeners.add(adminListener("health", HEALTH_PORT, "/healthz/ready", "/ready"));
        listeners.add(adminListener("metrics", METRICS_PORT, "/stats/prometheus", "/stats/prometheus"));
        return root.toPrettyString();
    }

    private ObjectNode nodeJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put(
                "id",
                node.type() + "~" + node.ip() + "~" + node.name() + "." + node.namespace() + "~" + node.namespace()
                        + ".svc.cluster.local");
        json.put("cluster", node.workload() + "." + node.namespace());
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("NAME", node.name()).put("NAMESPACE", node.namespace());
        metadata.put("SERVICE_ACCOUNT", node.serviceAccount()).put("WORKLOAD_NAME", node.workload());
        metadata.put("CLUSTER_ID", node.clusterId())
                .put("MESH_ID", node.meshId())
                .put("NODE_NAME", "local");
        metadata.put("INSTANCE_IPS", node.ip()).put("ISTIO_VERSION", node.istioVersion());
        metadata.put("INTERCEPTION_MODE", "REDIRECT");
        metadata.put("ENVOY_PROMETHEUS_PORT", METRICS_PORT).put("ENVOY_STATUS_PORT", HEALTH_PORT);
        texts(metadata.putObject("LABELS"), node.labels());
        texts(metadata.putObject("ANNOTATIONS"), node.annotations());
        return json;
    }

    private static void texts(ObjectNode json, Map<String, String> map) {
        map.forEach(json::put);
    }

    private ObjectNode controlPlane() {
        ObjectNode cluster = staticCluster("xds-grpc", controlPlaneHost, controlPlanePort);
        ObjectNode options = cluster.putObject("typed_extension_protocol_options")
                .putObject("envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        options.put("@type", "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        options.putObject("explicit_http_config").putObject("http2_protocol_options");
        cluster.putObject("upstream_connection_options")
                .putObject("tcp_keepalive")
                .put("keepalive_time", 300);
        return cluster;
    }

    private static ObjectNode staticCluster(String name, String host, int port) {
        ObjectNode cluster = JSON.createObjectNode();
        cluster.put("name", name).put("type", "STATIC").put("connect_timeout", "1s");
        ObjectNode assignment = cluster.putObject("load_assignment").put("cluster_name", name);
        assignment
                .putArray("endpoints")
                .addObject()
                .putArray("lb_endpoints")
                .addObject()
                .putObject("endpoint")
                .setAll(address(host, port));
        return cluster;
    }

    private static ObjectNode address(String host, int port) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("address")
                .putObject("socket_address")
                .put("address", host)
                .put("port_value", port);
        return json;
    }

    /** A listener that answers one path by asking the admin interface for another. */
    private ObjectNode adminListener(String name, int port, String path, String adminPath) {
        ObjectNode listener = address(address, port);
        listener.put("name", name);
        ObjectNode filter = listener.putArray("filter_chains")
                .addObject()
                .putArray("filters")
                .addObject();
        filter.put("name", "envoy.filters.network.http_connection_manager");
        ObjectNode manager = filter.putObject("typed_config");
        manager.put(
                "@type",
                "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager");
        manager.put("stat_prefix", name);
        ObjectNode host = manager.putObject("route_config")
                .put("name", name)
                .putArray("virtual_hosts")
                .addObject();
        host.put("name", "backend").putArray("domains").add("*");
        ObjectNode route = host.putArray("routes").addObject();
        route.putObject("match").put("path", path);
        route.putObject("route").put("cluster", "prometheus_stats").put("prefix_rewrite", adminPath);
        ObjectNode router = manager.putArray("http_filters").addObject().put("name", "envoy.filters.http.router");
        router.putObject("typed_config")
                .put("@type", "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router");
        return listener;
    }
}
