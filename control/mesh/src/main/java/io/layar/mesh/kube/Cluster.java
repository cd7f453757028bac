package io.layar.mesh.kube;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.EndpointSlice;
import io.layar.config.kubernetes.Namespace;
import io.layar.config.kubernetes.Node;
import io.layar.config.kubernetes.Pod;
import io.layar.config.networking.WorkloadEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world's Kubernetes objects by what they are looked up with. Built once for each conversion. */
final class Cluster {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final World world;
    private final Workloads workloads;
    private final ImmutableListMultimap<String, Resource<EndpointSlice>> slicesByService;
    private final ImmutableListMultimap<String, Resource<Pod>> podsByNamespace;
    private final ImmutableListMultimap<String, Resource<WorkloadEntry>> entriesByNamespace;
    private final Map<String, Resource<Pod>> readyPodByIp = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> namespaceAnnotations = new LinkedHashMap<>();

    Cluster(World world) {
        this.world = world;
        var slices = ImmutableListMultimap.<String, Resource<EndpointSlice>>builder();
        for (Resource<EndpointSlice> slice : world.configs().of(Kinds.ENDPOINT_SLICE)) {
            slices.put(serviceOf(slice), slice);
        }
        this.slicesByService = slices.build();
        var pods = ImmutableListMultimap.<String, Resource<Pod>>builder();
        for (Resource<Pod> pod : world.configs().of(Kinds.POD)) {
            pods.put(pod.namespace(), pod);
            if (Workloads.isReady(pod)) {
                Workloads.podIps(pod).forEach(ip -> readyPodByIp.putIfAbsent(ip, pod));
            }
        }
        this.podsByNamespace = pods.build();
        var entries = ImmutableListMultimap.<String, Resource<WorkloadEntry>>builder();
        world.configs().of(Kinds.WORKLOAD_ENTRY).forEach(entry -> entries.put(entry.namespace(), entry));
        this.entriesByNamespace = entries.build();
        for (Resource<Namespace> namespace : world.configs().of(Kinds.NAMESPACE)) {
            namespaceAnnotations.put(namespace.name(), namespace.metadata().annotations());
        }
        var nodes = ImmutableMap.<String, Map<String, String>>builder();
        for (Resource<Node> node : world.configs().of(Kinds.NODE)) {
            nodes.put(node.name(), node.metadata().labels());
        }
        this.workloads = new Workloads(world, nodes.buildKeepingLast());
    }

    /** {@code namespace/name} of the service that a slice belongs to. */
    static String serviceOf(Resource<EndpointSlice> slice) {
        return slice.namespace() + "/" + slice.metadata().labels().getOrDefault(SERVICE_NAME, "");
    }

    World world() {
        return world;
    }

    Workloads workloads() {
        return workloads;
    }

    Iterable<Resource<EndpointSlice>> slices(String namespace, String service) {
        return slicesByService.get(namespace + "/" + service);
    }

    Iterable<Resource<Pod>> pods(String namespace) {
        return podsByNamespace.get(namespace);
    }

    Iterable<Resource<WorkloadEntry>> workloadEntries(String namespace) {
        return entriesByNamespace.get(namespace);
    }

    @Nullable Resource<Pod> pod(String namespace, String name) {
        return world.configs().get(Kinds.POD, namespace, name);
    }

    @Nullable Resource<Pod> readyPodAt(String ip) {
        return readyPodByIp.get(ip);
    }

    Map<String, String> annotationsOf(String namespace) {
        return namespaceAnnotations.getOrDefault(namespace, Map.of());
    }
}
