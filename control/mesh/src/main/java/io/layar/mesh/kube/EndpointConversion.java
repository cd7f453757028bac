package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.networking.ServiceEntry;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.EndpointIndex.Endpoints;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceIndex;
import io.layar.mesh.service.ServiceKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The endpoints of services, from whatever declares them. Order: those of ServiceEntries, then those of Kubernetes. */
public final class EndpointConversion {
    private final Cluster cluster;
    private final ImmutableListMultimap<String, Resource<ServiceEntry>> entriesByHost;

    private EndpointConversion(World world) {
        this.cluster = world.cluster();
        var entries = ImmutableListMultimap.<String, Resource<ServiceEntry>>builder();
        for (Resource<ServiceEntry> entry : world.configs().of(Kinds.SERVICE_ENTRY)) {
            entry.spec().hosts().stream()
                    .distinct()
                    .forEach(host -> entries.put(entry.namespace() + "/" + host, entry));
        }
        this.entriesByHost = entries.build();
    }

    /** The endpoints of each service whose key {@code wanted} accepts. */
    public static Map<ServiceKey, Endpoints> convert(World world, ServiceIndex services, Predicate<ServiceKey> wanted) {
        EndpointConversion conversion = new EndpointConversion(world);
        Map<ServiceKey, Endpoints> out = new LinkedHashMap<>();
        for (Service service : services.all()) {
            if (wanted.test(service.key()) && !out.containsKey(service.key())) {
                out.put(service.key(), Endpoints.of(conversion.endpoints(service.key(), services)));
            }
        }
        return out;
    }

    private ImmutableList<Endpoint> endpoints(ServiceKey key, ServiceIndex services) {
        var out = ImmutableList.<Endpoint>builder();
        out.addAll(ofEntries(key));
        Service service = services.get(key.hostname(), key.namespace());
        if (service != null && service.isKubernetes()) {
            out.addAll(SliceEndpoints.of(cluster, service));
            out.addAll(SelectedEndpoints.of(cluster, service));
        }
        return out.build();
    }

    /**
     * An entry's endpoints count once for each of its addresses. Of several entries that resolve one name in turn, only the
     * first one counts for each port.
     */
    private ImmutableList<Endpoint> ofEntries(ServiceKey key) {
        var out = ImmutableList.<Endpoint>builder();
        Set<Integer> ports = new HashSet<>();
        List<Resource<ServiceEntry>> entries = entriesByHost.get(key.namespace() + "/" + key.hostname());
        for (Resource<ServiceEntry> entry : entries) {
            boolean oneName = entry.spec().resolution() == ServiceEntry.Resolution.DNS_ROUND_ROBIN;
            ImmutableList<Endpoint> found = EntryEndpoints.of(cluster, entry, key.hostname());
            for (int i = EntryServices.countOf(entry, cluster.world().settings()); i > 0; i--) {
                for (Endpoint endpoint : found) {
                    if (!oneName || !ports.contains(endpoint.servicePort())) {
                        out.add(endpoint);
                        ports.add(endpoint.servicePort());
                    }
                }
            }
        }
        return out.build();
    }
}
