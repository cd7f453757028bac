package io.layar.mesh.scope;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the services of a scope: one for each host, Kubernetes' before others, ports of partial imports joined. */
final class ScopedServices {
    private final List<Service> services = new ArrayList<>();
    private final Map<String, Integer> indexByHost = new HashMap<>();

    void add(Service service) {
        Integer index = indexByHost.putIfAbsent(service.hostname(), services.size());
        if (index == null) {
            services.add(service);
            return;
        }
        Service existing = services.get(index);
        if (existing == service || (existing.isKubernetes() && !service.isKubernetes())) {
            return;
        }
        if (!existing.isKubernetes() && service.isKubernetes()) {
            services.set(index, service);
        } else if (!existing.ports().equals(service.ports()) && canMerge(existing, service)) {
            services.set(index, existing.withPorts(joined(existing.ports(), service.ports())));
        }
    }

    private static boolean canMerge(Service a, Service b) {
        return a.namespace().equals(b.namespace())
                && a.resolution() == b.resolution()
                && a.registry() == b.registry()
                && a.labels().equals(b.labels())
                && a.selector().equals(b.selector())
                && a.exportTo().equals(b.exportTo());
    }

    private static ImmutableList<ServicePort> joined(List<ServicePort> first, List<ServicePort> more) {
        List<ServicePort> out = new ArrayList<>(first);
        for (ServicePort port : more) {
            if (out.stream().noneMatch(p -> p.port() == port.port())) {
                out.add(port);
            }
        }
        return ImmutableList.copyOf(out);
    }

    ImmutableList<Service> build() {
        return ImmutableList.copyOf(services);
    }
}
