package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Namespace;
import io.layar.mesh.Feature;
import io.layar.mesh.service.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All services of a world. Order: creation, name, namespace. */
public final class Services {
    private static final Comparator<Service> ORDER =
            Comparator.comparing(Services::created).thenComparing(Service::name).thenComparing(Service::namespace);

    private Services() {}

    public static ImmutableList<Service> of(World world) {
        Map<String, Map<String, String>> annotations = new LinkedHashMap<>();
        Map<String, Map<String, String>> labels = new LinkedHashMap<>();
        for (Resource<Namespace> namespace : world.configs().of(Kinds.NAMESPACE)) {
            annotations.put(namespace.name(), namespace.metadata().annotations());
            labels.put(namespace.name(), namespace.metadata().labels());
        }
        List<Service> out = new ArrayList<>();
        for (var service : world.configs().of(Kinds.SERVICE)) {
            out.add(KubeServices.convert(
                    service,
                    annotations.getOrDefault(service.namespace(), Map.of()),
                    world.mesh().trustDomain(),
                    world.settings()));
        }
        List<Service> entries = new ArrayList<>();
        EntryVisibility visibility = new EntryVisibility(world.mesh(), labels);
        for (var entry : world.configs().of(Kinds.SERVICE_ENTRY)) {
            entries.addAll(EntryServices.convert(
                    entry, annotations.getOrDefault(entry.namespace(), Map.of()), visibility, world.settings()));
        }
        out.addAll(world.settings().isOn(Feature.ENABLE_IP_AUTOALLOCATE) ? entries : AutoAllocation.allocate(entries));
        out.sort(ORDER);
        return Aliases.resolve(out);
    }

    private static Instant created(Service service) {
        return service.created() == null ? Instant.MIN : service.created();
    }
}
