package io.layar.mesh.kube;

import com.google.common.collect.ImmutableSortedMap;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Pod;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Locality;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the mesh knows of a proxy's workload, put over what its node says. */
public final class WorkloadLabels {
    private WorkloadLabels() {}

    /** @param pod the proxy's pod, null when it is not known */
    public static Proxy applied(World world, Proxy proxy, @Nullable Resource<Pod> pod) {
        Map<String, String> labels = pod == null ? proxy.labels() : ofPod(world, proxy, pod);
        Locality known = TopologyLabels.ofLabels(labels);
        Locality locality = known.isEmpty() ? proxy.locality() : known;
        ImmutableSortedMap<String, String> augmented = TopologyLabels.augment(
                labels, proxy.clusterId(), locality, proxy.metadata().text("NODE_NAME"), proxy.network());
        return proxy.with(augmented, locality);
    }

    private static Map<String, String> ofPod(World world, Proxy proxy, Resource<Pod> pod) {
        TreeMap<String, String> out = new TreeMap<>(proxy.metadata().texts("STATIC_LABELS"));
        Endpoint endpoint = world.cluster().workloads().podEndpoint(pod, Workloads.podIp(pod));
        out.putAll(endpoint.labels());
        out.put(TopologyLabels.HOSTNAME, proxy.metadata().text("NODE_NAME"));
        return out;
    }
}
