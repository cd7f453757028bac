package io.layar.mesh.scope;

import com.google.common.collect.ImmutableListMultimap;
import io.layar.config.Resource;
import io.layar.config.networking.Sidecar;
import io.layar.mesh.routing.CreationOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sidecar resources by namespace, those with selectors first, oldest first; and the root namespace's for all others. */
public record SidecarIndex(
        ImmutableListMultimap<String, Resource<Sidecar>> byNamespace,
        @Nullable Resource<Sidecar> ofRoot) {
    public static final SidecarIndex EMPTY = new SidecarIndex(ImmutableListMultimap.of(), null);

    public static SidecarIndex of(Collection<Resource<Sidecar>> resources, String rootNamespace) {
        List<Resource<Sidecar>> sorted = new ArrayList<>(resources);
        sorted.sort(
                Comparator.<Resource<Sidecar>, Boolean>comparing(r -> r.spec().workloadSelector() == null)
                        .thenComparing(CreationOrder.OLDEST_FIRST));
        var byNamespace = ImmutableListMultimap.<String, Resource<Sidecar>>builder();
        Resource<Sidecar> ofRoot = null;
        for (Resource<Sidecar> resource : sorted) {
            byNamespace.put(resource.namespace(), resource);
            if (ofRoot == null
                    && resource.namespace().equals(rootNamespace)
                    && resource.spec().workloadSelector() == null) {
                ofRoot = resource;
            }
        }
        return new SidecarIndex(byNamespace.build(), ofRoot);
    }

    /** The Sidecar of a workload; null when it has the default scope. */
    public @Nullable Resource<Sidecar> select(String namespace, Map<String, String> labels) {
        for (Resource<Sidecar> resource : byNamespace.get(namespace)) {
            var selector = resource.spec().workloadSelector();
            if (selector == null
                    || labels.entrySet().containsAll(selector.labels().entrySet())) {
                return resource;
            }
        }
        return ofRoot;
    }
}
