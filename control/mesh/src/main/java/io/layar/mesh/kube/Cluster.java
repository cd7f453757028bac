package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.EndpointSlice;
import io.layar.config.kubernetes.Namespace;
import io.layar.config.kubernetes.Node;
import io.layar.config.kubernetes.Pod;
import io.layar.config.kubernetes.Service;
import io.layar.config.networking.WorkloadEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world's Kubernetes objects by what they are looked up with. Thread: any (immutable once built). */
final class Cluster {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final World world;
    private final Workloads workloads;
    private final ImmutableListMultimap<String, Resource<EndpointSlice>> slicesByService;
    private final ImmutableListMultimap<String, Resource<Pod>> podsByNamespace;
    private final ImmutableListMultimap<String, Resource<WorkloadEntry>> entriesByNamespace;
    private final ImmutableListMultimap<String, Resource<WorkloadEntry>> entriesByAddress;
    private final ImmutableListMultimap<String, Resource<Service>> servicesWithSelector;
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
        var entriesByAddress = ImmutableListMultimap.<String, Resource<WorkloadEntry>>builder();
        for (Resource<WorkloadEntry> entry : world.configs().of(Kinds.WORKLOAD_ENTRY)) {
            entries.put(entry.namespace(), entry);
            entriesByAddress.put(entry.spec().address(), entry);
        }
        this.entriesByNamespace = entries.build();
        this.entriesByAddress = entriesByAddress.build();
        this.servicesWithSelector = withSelector(world);
        for (Resource<Namespace> namespace : world.configs().of(Kinds.NAMESPACE)) {
            namespaceAnnotations.put(namespace.name(), namespace.metadata().annotations());
        }
        var nodes = ImmutableMap.<String, Map<String, String>>builder();
        for (Resource<Node> node : world.configs().of(Kinds.NODE)) {
            nodes.put(node.name(), node.metadata().labels());
        }
        this.workloads = new Workloads(world, nodes.buildKeepingLast());
    }

    private static ImmutableListMultimap<String, Resource<Service>> withSelector(World world) {
        var out = ImmutableListMultimap.<String, Resource<Service>>builder();
        for (Resource<Service> service : world.configs().of(Kinds.SERVICE)) {
            var spec = service.spec().spec();
            if (spec != null && !spec.selector().isEmpty()) {
                out.put(service.namespace(), service);
            }
        }
        return out.build();
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

    ImmutableList<Resource<WorkloadEntry>> workloadEntriesAt(String address) {
        return entriesByAddress.get(address);
    }

    /** A namespace's services that say which pods they have. */
    Iterable<Resource<Service>> servicesWithSelector(String namespace) {
        return servicesWithSelector.get(namespace);
    }

    @Nullable
    Resource<Pod> pod(String namespace, String name) {
        return world.configs().get(Kinds.POD, namespace, name);
    }

    @Nullable
    Resource<Pod> readyPodAt(String ip) {
        return readyPodByIp.get(ip);
    }

    Map<String, String> annotationsOf(String namespace) {
        return namespaceAnnotations.getOrDefault(namespace, Map.of());
    }
}
