package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Container;
import io.layar.config.kubernetes.IntOrString;
import io.layar.config.kubernetes.Pod;
import io.layar.config.networking.WorkloadEntry;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.EndpointIndex;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceIndex;
import io.layar.mesh.service.ServicePort;
import io.layar.mesh.service.ServiceTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services that a proxy's own workload serves. Order: oldest service first, then host. */
public final class ProxyTargets {
    private static final Comparator<ServiceTarget> ORDER = Comparator.<ServiceTarget, Instant>comparing(t ->
                    t.service().created() == null ? Instant.MIN : t.service().created())
            .thenComparing(t -> t.service().hostname());

    private record Served(int port, Protocol protocol) {}

    private final World world;
    private final ServiceIndex services;
    private final EndpointIndex endpoints;
    private final Proxy proxy;

    private ProxyTargets(World world, ServiceIndex services, EndpointIndex endpoints, Proxy proxy) {
        this.world = world;
        this.services = services;
        this.endpoints = endpoints;
        this.proxy = proxy;
    }

    public static ImmutableList<ServiceTarget> of(
            World world, ServiceIndex services, EndpointIndex endpoints, Proxy proxy) {
        ProxyTargets targets = new ProxyTargets(world, services, endpoints, proxy);
        List<ServiceTarget> out = new ArrayList<>(targets.ofKubernetes());
        out.addAll(targets.ofEntries());
        out.sort(ORDER);
        return ImmutableList.copyOf(out);
    }

    /** The pod of a proxy: by its name in its namespace, else the ready pod at its address; null when there is none. */
    public static @Nullable Resource<Pod> podOf(World world, Proxy proxy) {
        int dot = proxy.id().indexOf('.');
        String name = dot < 0 ? proxy.id() : proxy.id().substring(0, dot);
        String namespace = dot < 0 ? proxy.namespace() : proxy.id().substring(dot + 1);
        Resource<Pod> byName = world.configs().get(Kinds.POD, namespace, name);
        if (byName != null && Workloads.podIps(byName).contains(proxy.ips().getFirst())) {
            return byName;
        }
        return world.cluster().readyPodAt(proxy.ips().getFirst());
    }

    private List<ServiceTarget> ofKubernetes() {
        Workload entry = workloadEntry();
        if (entry != null) {
            return ofWorkloadEntry(entry);
        }
        Resource<Pod> pod = podOf(world, proxy);
        if (pod == null) {
            return ofMetadata();
        }
        List<ServiceTarget> out = new ArrayList<>();
        List<Service> selecting = selecting(pod.namespace(), pod.metadata().labels());
        for (Service service : selecting) {
            addByPod(service, pod, out);
        }
        return selecting.isEmpty() ? ofEndpoints() : out;
    }

    /** A WorkloadEntry at the proxy's address: of several the one with its name, then one of its namespace. */
    private @Nullable Workload workloadEntry() {
        List<Resource<WorkloadEntry>> found = world
                .cluster()
                .workloadEntriesAt(proxy.ips().getFirst())
                .stream()
                .filter(entry -> !labels(entry).isEmpty())
                .toList();
        if (found.isEmpty()) {
            return null;
        }
        Resource<WorkloadEntry> best = found.getFirst();
        for (Resource<WorkloadEntry> entry : found) {
            if (entry.namespace().equals(proxy.namespace())) {
                best = entry;
                break;
            }
        }
        return world.cluster().workloads().ofEntry(best);
    }

    private static Map<String, String> labels(Resource<WorkloadEntry> entry) {
        return entry.spec().labels().isEmpty()
                ? entry.metadata().labels()
                : entry.spec().labels();
    }

    private List<ServiceTarget> ofWorkloadEntry(Workload workload) {
        List<ServiceTarget> out = new ArrayList<>();
        for (Service service :
                selecting(workload.namespace(), workload.endpoint().labels())) {
            if (service.resolution() != Resolution.CLIENT_SIDE_LB) {
                continue;
            }
            for (ServicePort port : service.ports()) {
                int target = port.protocol() == Protocol.UDP
                        ? 0
                        : SelectedEndpoints.targetPort(world, service, port, workload);
                if (target != 0) {
                    out.add(new ServiceTarget(service, port, target));
                }
            }
        }
        return out;
    }

    private List<Service> selecting(String namespace, Map<String, String> labels) {
        List<Service> out = new ArrayList<>();
        for (Resource<io.layar.config.kubernetes.Service> resource :
                world.cluster().servicesWithSelector(namespace)) {
            var spec = resource.spec().spec();
            if (spec != null && SelectedEndpoints.contains(labels, spec.selector())) {
                String host = KubeServices.hostname(
                        resource.name(), namespace, world.settings().domain());
                Service service = services.get(host, namespace);
                if (service != null) {
                    out.add(service);
                }
            }
        }
        return out;
    }

    private void addByPod(Service service, Resource<Pod> pod, List<ServiceTarget> out) {
        Set<Served> seen = new HashSet<>();
        for (var port : kubePorts(service)) {
            ServicePort servicePort = service.portNamed(port.name());
            int target = podPort(pod, port);
            if (servicePort != null && target != 0 && seen.add(new Served(target, servicePort.protocol()))) {
                out.add(new ServiceTarget(service, servicePort, target));
            }
        }
    }

    private List<io.layar.config.kubernetes.ServicePort> kubePorts(Service service) {
        var resource = world.configs().get(Kinds.SERVICE, service.namespace(), service.name());
        return resource == null || resource.spec().spec() == null
                ? List.of()
                : resource.spec().spec().ports();
    }

    /** The pod's port behind a service port; 0 when a named port is not to be found. */
    private static int podPort(Resource<Pod> pod, io.layar.config.kubernetes.ServicePort port) {
        IntOrString target = port.targetPort();
        if (target == null || target.number() != null) {
            Integer number = target == null ? null : target.number();
            return number == null || number == 0 ? port.port() : number;
        }
        var spec = pod.spec().spec();
        List<Container> containers = new ArrayList<>(spec == null ? List.of() : spec.containers());
        if (spec != null) {
            spec.initContainers().stream()
                    .filter(c -> "Always".equals(c.restartPolicy()))
                    .forEach(containers::add);
        }
        for (Container container : containers) {
            for (var candidate : container.ports()) {
                if (candidate.name().equals(target.name())
                        && candidate.protocol().equals(port.protocol())) {
                    return candidate.containerPort();
                }
            }
        }
        return 0;
    }

    /** Services without a selector that list the proxy's address. */
    private List<ServiceTarget> ofEndpoints() {
        List<ServiceTarget> out = new ArrayList<>();
        for (Service service : services.all()) {
            if (service.isKubernetes() && service.namespace().equals(proxy.namespace())) {
                for (Endpoint endpoint : endpoints.of(service.key()).all()) {
                    ServicePort port = service.portNamed(endpoint.servicePortName());
                    if (port != null && endpoint.address().equals(proxy.ips().getFirst())) {
                        out.add(new ServiceTarget(service, port, endpoint.port()));
                    }
                }
            }
        }
        return out;
    }

    /** The pod is not known: its labels, as the node tells them, still say which services select it. */
    private List<ServiceTarget> ofMetadata() {
        List<ServiceTarget> out = new ArrayList<>();
        if (proxy.labels().isEmpty()) {
            return out;
        }
        for (Service service : selecting(proxy.namespace(), proxy.labels())) {
            Set<Served> seen = new HashSet<>();
            for (var port : kubePorts(service)) {
                ServicePort servicePort = service.portNamed(port.name());
                Integer number = port.targetPort() == null
                        ? Integer.valueOf(port.port())
                        : port.targetPort().number();
                int target = number == null ? 0 : number;
                if (servicePort != null && seen.add(new Served(target, servicePort.protocol()))) {
                    out.add(new ServiceTarget(service, servicePort, target));
                }
            }
        }
        return out;
    }

    private List<ServiceTarget> ofEntries() {
        List<ServiceTarget> out = new ArrayList<>();
        for (String ip : proxy.ips()) {
            for (Service service : services.all()) {
                if (!service.isKubernetes() && service.namespace().equals(proxy.namespace())) {
                    addByAddress(service, ip, out);
                }
            }
        }
        return out;
    }

    private void addByAddress(Service service, String ip, List<ServiceTarget> out) {
        for (Endpoint endpoint : endpoints.of(service.key()).all()) {
            if (endpoint.servicePort() != 0 && endpoint.addresses().contains(ip)) {
                ServicePort port = service.port(endpoint.servicePort());
                if (port != null) {
                    out.add(new ServiceTarget(service, port, endpoint.port()));
                }
            }
        }
    }
}
