package io.layar.mesh.kube;

import com.google.common.collect.ImmutableSortedMap;
import io.layar.mesh.service.Locality;
import java.util.Map;
import java.util.TreeMap;

/** The labels by which a workload's place is known. */
public final class TopologyLabels {
    public static final String NETWORK = "topology.istio.io/network";
    public static final String CLUSTER = "topology.istio.io/cluster";
    public static final String REGION = "topology.kubernetes.io/region";
    public static final String ZONE = "topology.kubernetes.io/zone";
    public static final String SUBZONE = "topology.istio.io/subzone";
    public static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String LOCALITY = "topology.istio.io/locality";
    private static final String LEGACY_LOCALITY = "istio-locality";
    private static final String LEGACY_REGION = "failure-domain.beta.kubernetes.io/region";
    private static final String LEGACY_ZONE = "failure-domain.beta.kubernetes.io/zone";

    private TopologyLabels() {}

    /** {@code labels} with the place added; a network that is there already stays. */
    public static ImmutableSortedMap<String, String> augment(
            Map<String, String> labels, String clusterId, Locality locality, String node, String network) {
        TreeMap<String, String> out = new TreeMap<>(labels);
        putUnlessEmpty(out, REGION, locality.region());
        putUnlessEmpty(out, ZONE, locality.zone());
        putUnlessEmpty(out, SUBZONE, locality.subzone());
        putUnlessEmpty(out, CLUSTER, clusterId);
        putUnlessEmpty(out, HOSTNAME, node);
        if (out.getOrDefault(NETWORK, "").isEmpty()) {
            putUnlessEmpty(out, NETWORK, network);
        }
        return ImmutableSortedMap.copyOf(out);
    }

    private static void putUnlessEmpty(Map<String, String> out, String key, String value) {
        if (!value.isEmpty()) {
            out.put(key, value);
        }
    }

    /** The locality that a workload's labels name outright. */
    static Locality declared(Map<String, String> labels) {
        String label = labels.getOrDefault(LOCALITY, labels.getOrDefault(LEGACY_LOCALITY, ""));
        return Locality.parse(label.contains("/") ? label : label.replace('.', '/'));
    }

    /** The locality of a node by its labels. */
    static Locality ofNode(Map<String, String> labels) {
        return new Locality(
                labels.getOrDefault(REGION, labels.getOrDefault(LEGACY_REGION, "")),
                labels.getOrDefault(ZONE, labels.getOrDefault(LEGACY_ZONE, "")),
                labels.getOrDefault(SUBZONE, ""));
    }

    /** The locality that augmented labels tell. */
    public static Locality ofLabels(Map<String, String> labels) {
        return new Locality(
                labels.getOrDefault(REGION, ""), labels.getOrDefault(ZONE, ""), labels.getOrDefault(SUBZONE, ""));
    }
}
