package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Services by visibility and by host.
 *
 * <p>Order: of creation, then name and namespace. Of several services with one host in one namespace the oldest counts,
 * and one of Kubernetes before others. Thread: any (immutable).
 */
public record ServiceIndex(
        ImmutableList<Service> all,
        ImmutableList<Service> everywhere,
        ImmutableListMultimap<String, Service> exportedTo,
        ImmutableSortedMap<String, ImmutableSortedMap<String, Service>> byHost,
        Visibility byDefault) {
    public static final ServiceIndex EMPTY = of(ImmutableList.of(), Visibility.ALL);

    /** @param byDefault whom services are exported to that do not say it; {@code .} is the service's own namespace */
    public static ServiceIndex of(ImmutableList<Service> services, Visibility byDefault) {
        var everywhere = ImmutableList.<Service>builder();
        var exported = ImmutableListMultimap.<String, Service>builder();
        TreeMap<String, TreeMap<String, Service>> byHost = new TreeMap<>();
        for (Service service : services) {
            byHost.computeIfAbsent(service.hostname(), k -> new TreeMap<>())
                    .merge(service.namespace(), service, ServiceIndex::preferred);
            Visibility to = visibility(service, byDefault);
            if (to.isPublic()) {
                everywhere.add(service);
            } else if (!to.isNone()) {
                to.to().forEach(namespace -> exported.put(namespace, service));
            }
        }
        var hosts = ImmutableSortedMap.<String, ImmutableSortedMap<String, Service>>naturalOrder();
        byHost.forEach((host, byNamespace) -> hosts.put(host, ImmutableSortedMap.copyOf(byNamespace)));
        return new ServiceIndex(services, everywhere.build(), exported.build(), hosts.build(), byDefault);
    }

    private static Service preferred(Service older, Service newer) {
        return !older.isKubernetes() && newer.isKubernetes() ? newer : older;
    }

    private static Visibility visibility(Service service, Visibility byDefault) {
        return service.exportTo().isUnset() ? Visibility.of(byDefault.to(), service.namespace()) : service.exportTo();
    }

    public boolean isVisible(Service service, String namespace) {
        return visibility(service, byDefault).includes(namespace);
    }

    /** What {@code namespace} sees: what is exported to it by name first, then what everyone sees. */
    public List<Service> visibleTo(String namespace) {
        List<Service> out = new ArrayList<>(exportedTo.get(namespace));
        out.addAll(everywhere);
        return out;
    }

    /** The services of a host by their namespaces. */
    public Map<String, Service> ofHost(String host) {
        ImmutableSortedMap<String, Service> found = byHost.get(host);
        return found == null ? ImmutableSortedMap.of() : found;
    }

    public @Nullable Service get(String host, String namespace) {
        return ofHost(host).get(namespace);
    }
}
