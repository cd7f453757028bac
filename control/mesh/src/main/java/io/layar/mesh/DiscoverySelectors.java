package io.layar.mesh;

import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigSet;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Namespace;
import io.layar.config.mesh.MeshConfig;

/** Which namespaces the control plane looks at: those that one of the mesh's discovery selectors fits, and its own. */
final class DiscoverySelectors {
    private DiscoverySelectors() {}

    /** The objects of the selected namespaces; {@code all} itself when nothing is selected by labels. */
    static ConfigSet select(ConfigSet all, MeshConfig mesh, String systemNamespace) {
        if (mesh.discoverySelectors().isEmpty()) {
            return all;
        }
        var names = ImmutableSet.<String>builder().add(systemNamespace);
        for (Resource<Namespace> namespace : all.of(Kinds.NAMESPACE)) {
            if (mesh.discoverySelectors().stream()
                    .anyMatch(s -> LabelSelectors.fits(s, namespace.metadata().labels()))) {
                names.add(namespace.name());
            }
        }
        ImmutableSet<String> selected = names.build();
        return ConfigSet.copyOf(all.all().values().stream()
                .filter(r -> r.kind().scope() == Kind.Scope.CLUSTER || selected.contains(r.namespace()))
                .toList());
    }
}
