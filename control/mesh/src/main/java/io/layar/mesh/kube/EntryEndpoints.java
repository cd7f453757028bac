package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.layar.config.Resource;
import io.layar.config.networking.ServiceEntry;
import io.layar.config.networking.ServicePort;
import io.layar.config.networking.WorkloadEntry;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Locality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The endpoints of a ServiceEntry: those it lists, those its selector picks, or its own host name. */
final class EntryEndpoints {
    private static final String HEALTH_CHECKED = "proxy.istio.io/health-checks-enabled";

    private EntryEndpoints() {}

    static ImmutableList<Endpoint> of(Cluster cluster, Resource<ServiceEntry> resource, String host) {
        ServiceEntry entry = resource.spec();
        boolean dns = EntryServices.resolution(entry).isDns();
        var out = ImmutableList.<Endpoint>builder();
        if (entry.workloadSelector() != null) {
            for (Workload workload :
                    selected(cluster, resource, entry.workloadSelector().labels(), dns)) {
                entry.ports().forEach(port -> out.add(at(workload, port)));
            }
        } else if (entry.endpoints().isEmpty() && dns) {
            entry.ports().forEach(port -> out.add(hostItself(cluster, resource, host, port)));
        } else {
            for (int i = 0; i < entry.endpoints().size(); i++) {
                WorkloadEntry listed = entry.endpoints().get(i);
                Workload workload = cluster.workloads()
                        .inline(listed, resource.namespace(), resource.name() + "-" + i, Origin.of(resource));
                entry.ports().forEach(port -> out.add(at(workload, port)));
            }
        }
        return out.build();
    }

    private static List<Workload> selected(
            Cluster cluster, Resource<ServiceEntry> resource, Map<String, String> selector, boolean dns) {
        List<Workload> out = new ArrayList<>();
        for (var pod : cluster.pods(resource.namespace())) {
            if (Workloads.isReady(pod)
                    && SelectedEndpoints.contains(pod.metadata().labels(), selector)) {
                out.add(cluster.workloads().ofPod(pod));
            }
        }
        for (var entry : cluster.workloadEntries(resource.namespace())) {
            Workload workload = cluster.workloads().ofEntry(entry);
            if (isHealthy(entry)
                    && (dns || !workload.dnsOnly())
                    && SelectedEndpoints.contains(workload.endpoint().labels(), selector)) {
                out.add(workload);
            }
        }
        return out;
    }

    /** A WorkloadEntry that is health checked must have been found healthy. */
    private static boolean isHealthy(Resource<WorkloadEntry> entry) {
        if (!"true".equals(entry.metadata().annotations().get(HEALTH_CHECKED))) {
            return true;
        }
        return entry.status() instanceof io.layar.config.meta.IstioStatus status
                && status.conditions().stream()
                        .anyMatch(c -> c.type().equals("Healthy") && c.status().equals("True"));
    }

    private static Endpoint hostItself(
            Cluster cluster, Resource<ServiceEntry> resource, String host, ServicePort port) {
        return new Endpoint(
                ImmutableList.of(host),
                port.targetPort() > 0 ? port.targetPort() : port.number(),
                port.name(),
                port.number(),
                ImmutableSortedMap.of(),
                resource.namespace(),
                resource.name(),
                "",
                "",
                Locality.NONE,
                cluster.world().settings().clusterId(),
                0,
                Workloads.TLS_DISABLED,
                HealthStatus.UNKNOWN,
                "",
                "",
                "",
                false);
    }

    /** Unix socket, else the workload's own port of that name, else the entry's target port, else its number. */
    static Endpoint at(Workload workload, ServicePort port) {
        Endpoint endpoint = workload.endpoint();
        if (endpoint.addresses().size() == 1 && endpoint.address().startsWith(Workloads.UNIX_PREFIX)) {
            String path = endpoint.address().substring(Workloads.UNIX_PREFIX.length());
            return endpoint.withAddresses(ImmutableList.of(path)).at(0, port.name(), port.number());
        }
        Integer own = workload.ports().get(port.name());
        int number = own != null && own > 0 ? own : port.targetPort() > 0 ? port.targetPort() : port.number();
        return endpoint.at(number, port.name(), port.number());
    }
}
