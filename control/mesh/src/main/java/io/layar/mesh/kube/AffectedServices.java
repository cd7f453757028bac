package io.layar.mesh.kube;

import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.kubernetes.EndpointSlice;
import io.layar.mesh.service.ServiceIndex;
import io.layar.mesh.service.ServiceKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose endpoints a delta may have changed: all, those of some namespaces, or those of some services. */
public final class AffectedServices {
    private final boolean all;
    private final Set<String> namespaces = new HashSet<>();
    private final Set<ServiceKey> services = new HashSet<>();
    private final Set<String> podNames = new HashSet<>();
    private final Set<String> podAddresses = new HashSet<>();

    private AffectedServices(boolean all) {
        this.all = all;
    }

    /** @param before the objects before the delta */
    public static AffectedServices of(
            ConfigDelta delta,
            ConfigSet before,
            ServiceIndex previous,
            ServiceIndex next,
            boolean meshChanged,
            String domain) {
        boolean all = meshChanged
                || previous != next
                || delta.touches(Kinds.NODE)
                || delta.touches(Kinds.NAMESPACE)
                || delta.touches(Kinds.SERVICE)
                || delta.touches(Kinds.SERVICE_ENTRY);
        AffectedServices out = new AffectedServices(all);
        if (!all) {
            delta.updated().forEach((key, resource) -> {
                out.add(key, resource, domain);
                out.add(key, before.get(key), domain);
            });
            delta.removed().forEach(key -> out.add(key, before.get(key), domain));
            out.addSlicesOfPods(before, domain);
        }
        return out;
    }

    /** A slice may name a pod of any namespace by its address alone. */
    private void addSlicesOfPods(ConfigSet before, String domain) {
        if (podAddresses.isEmpty() && podNames.isEmpty()) {
            return;
        }
        for (Resource<EndpointSlice> slice : before.of(Kinds.ENDPOINT_SLICE)) {
            boolean concerned = slice.spec().endpoints().stream()
                    .anyMatch(e -> e.addresses().stream().anyMatch(podAddresses::contains)
                            || (e.targetRef() != null
                                    && podNames.contains(e.targetRef().namespace() + "/"
                                            + e.targetRef().name())));
            if (concerned) {
                add(slice.key(), slice, domain);
            }
        }
    }

    private void add(ResourceKey key, @Nullable Resource<?> resource, String domain) {
        Kind<?> kind = key.kind();
        if (kind.equals(Kinds.POD) || kind.equals(Kinds.WORKLOAD_ENTRY)) {
            namespaces.add(key.namespace());
            if (kind.equals(Kinds.POD)) {
                podNames.add(key.namespace() + "/" + key.name());
                if (resource != null) {
                    podAddresses.addAll(Workloads.podIps(resource.as(Kinds.POD)));
                }
            }
        } else if (kind.equals(Kinds.ENDPOINT_SLICE) && resource != null) {
            String service = Cluster.serviceOf(resource.as(Kinds.ENDPOINT_SLICE));
            String name = service.substring(service.indexOf('/') + 1);
            services.add(new ServiceKey(KubeServices.hostname(name, key.namespace(), domain), key.namespace()));
        }
    }

    public boolean isEmpty() {
        return !all && namespaces.isEmpty() && services.isEmpty();
    }

    public boolean contains(ServiceKey key) {
        return all || namespaces.contains(key.namespace()) || services.contains(key);
    }
}
