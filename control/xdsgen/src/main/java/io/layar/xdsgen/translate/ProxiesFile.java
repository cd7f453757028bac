package io.layar.xdsgen.translate;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import io.layar.config.yaml.Value;
import io.layar.config.yaml.YamlLimits;
import io.layar.config.yaml.YamlReader;
import io.layar.mesh.proxy.NodeMetadata;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Locality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The list of proxies to translate for, with what a node says when the list does not. */
public final class ProxiesFile {
    private static final String DEFAULT_VERSION = "1.32.0";

    /** A proxy under the name of its folder. */
    public record Named(String name, Proxy proxy) {}

    /** The proxies, and what is wrong with the file. */
    public record Read(ImmutableList<Named> proxies, ImmutableList<Problem> problems) {}

    private ProxiesFile() {}

    public static Read read(String file, String text, String clusterId) {
        YamlReader.Read yaml = new YamlReader(YamlLimits.DEFAULT).read(file, text);
        List<Problem> problems = new ArrayList<>(yaml.problems());
        var out = ImmutableList.<Named>builder();
        for (Value document : yaml.documents()) {
            if (document instanceof Value.Arr list) {
                for (Value item : list.items()) {
                    try {
                        out.add(proxy(PlainTrees.map(item), clusterId));
                    } catch (IllegalArgumentException e) {
                        problems.add(Problem.error("bad-proxy", "", item.at(), String.valueOf(e.getMessage())));
                    }
                }
            } else {
                problems.add(Problem.error(
                        "wrong-type", "", SourcePosition.NOWHERE, file + ": no list (expected: a list of proxies)"));
            }
        }
        return new Read(out.build(), ImmutableList.copyOf(problems));
    }

    private static Named proxy(Map<String, Object> fields, String clusterId) {
        String id = text(fields, "id", "");
        String namespace = text(fields, "namespace", "default");
        List<String> ips = ips(fields);
        if (id.isEmpty() || ips.isEmpty()) {
            throw new IllegalArgumentException("proxy: " + fields.get("id") + " (expected: an id and an ip)");
        }
        TreeMap<String, Object> metadata = new TreeMap<>(defaults(fields, id, namespace, clusterId));
        metadata.put("INSTANCE_IPS", Joiner.on(',').join(ips));
        Object own = fields.get("metadata");
        if (own instanceof Map<?, ?> map) {
            map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        Object locality = metadata.remove("LOCALITY");
        String nodeId = text(fields, "type", "sidecar") + "~" + ips.getFirst() + "~" + id + "." + namespace + "~"
                + namespace + ".svc.cluster.local";
        Proxy proxy = Proxy.of(
                nodeId,
                id + "." + namespace,
                NodeMetadata.of(metadata),
                locality == null ? Locality.NONE : Locality.parse(locality.toString()),
                ImmutableSet.of());
        return new Named(id, proxy);
    }

    private static Map<String, Object> defaults(
            Map<String, Object> fields, String id, String namespace, String clusterId) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("NAME", id);
        out.put("NAMESPACE", namespace);
        out.put("SERVICE_ACCOUNT", text(fields, "serviceAccount", ""));
        Object labels = fields.get("labels");
        out.put("LABELS", labels == null ? Map.of() : labels);
        out.put("CLUSTER_ID", clusterId);
        out.put("MESH_ID", "cluster.local");
        out.put("ISTIO_VERSION", text(fields, "istioVersion", DEFAULT_VERSION));
        out.put("INTERCEPTION_MODE", "REDIRECT");
        out.put("NODE_NAME", "node-a");
        out.put("ENVOY_PROMETHEUS_PORT", 15090.0);
        out.put("ENVOY_STATUS_PORT", 15021.0);
        out.put("WORKLOAD_NAME", id);
        return out;
    }

    private static List<String> ips(Map<String, Object> fields) {
        List<String> out = new ArrayList<>();
        if (fields.get("ips") instanceof List<?> list) {
            list.forEach(ip -> out.add(String.valueOf(ip)));
        } else if (fields.get("ip") != null) {
            out.add(text(fields, "ip", ""));
        }
        return out;
    }

    private static String text(Map<String, Object> fields, String key, String otherwise) {
        Object value = fields.get(key);
        return value == null ? otherwise : value.toString();
    }
}
