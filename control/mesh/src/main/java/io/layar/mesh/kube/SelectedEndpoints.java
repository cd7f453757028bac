package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Service.ServiceSpec;
import io.layar.config.networking.WorkloadEntry;
import io.layar.mesh.Feature;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The WorkloadEntries that a Kubernetes service's selector picks, at the service's target ports. */
final class SelectedEndpoints {
    private SelectedEndpoints() {}

    static ImmutableList<Endpoint> of(Cluster cluster, Service service) {
        var out = ImmutableList.<Endpoint>builder();
        if (!cluster.world().settings().isOn(Feature.ENABLE_K8S_SELECT_WORKLOAD_ENTRIES)
                || service.meshExternal()
                || service.resolution() != Resolution.CLIENT_SIDE_LB
                || service.selector().isEmpty()) {
            return out.build();
        }
        for (Resource<WorkloadEntry> entry : cluster.workloadEntries(service.namespace())) {
            Workload workload = cluster.workloads().ofEntry(entry);
            if (workload.dnsOnly() || !contains(workload.endpoint().labels(), service.selector())) {
                continue;
            }
            for (ServicePort port : service.ports()) {
                int target = port.protocol() == Protocol.UDP ? 0 : targetPort(cluster.world(), service, port, workload);
                if (target != 0) {
                    out.add(workload.endpoint().at(target, port.name(), 0));
                }
            }
        }
        return out.build();
    }

    /** Are all of {@code selector}'s labels in {@code labels}? */
    static boolean contains(Map<String, String> labels, Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    /** The workload's port behind a service port: by the workload's own map, else the target port's number; 0 for none. */
    static int targetPort(World world, Service service, ServicePort port, Workload workload) {
        Target target = target(world, service, port);
        Integer named = workload.ports().get(target.name);
        if (named != null && named != 0) {
            return named;
        }
        return target.nameRequired ? 0 : target.number;
    }

    private record Target(int number, String name, boolean nameRequired) {}

    private static Target target(World world, Service service, ServicePort port) {
        Resource<io.layar.config.kubernetes.Service> resource =
                world.configs().get(Kinds.SERVICE, service.namespace(), service.name());
        ServiceSpec spec = resource == null ? null : resource.spec().spec();
        if (spec != null) {
            for (var candidate : spec.ports()) {
                if (candidate.name().equals(port.name()) || candidate.port() == port.port()) {
                    return target(candidate, port);
                }
            }
        }
        return new Target(port.port(), "", false);
    }

    private static Target target(io.layar.config.kubernetes.ServicePort candidate, ServicePort port) {
        @Nullable
        Integer number =
                candidate.targetPort() == null ? null : candidate.targetPort().number();
        String name =
                candidate.targetPort() == null ? null : candidate.targetPort().name();
        if (number != null && number > 0) {
            return new Target(number, candidate.name(), false);
        }
        return new Target(port.port(), name == null ? "" : name, name != null);
    }
}
