package io.layar.mesh;

import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigSet;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.kubernetes.Namespace;
import io.layar.config.mesh.LabelSelector;
import io.layar.config.mesh.LabelSelectorRequirement;
import io.layar.config.mesh.MeshConfig;
import java.util.Map;

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
                    .anyMatch(s -> fits(s, namespace.metadata().labels()))) {
                names.add(namespace.name());
            }
        }
        ImmutableSet<String> selected = names.build();
        return ConfigSet.copyOf(all.all().values().stream()
                .filter(r -> r.kind().scope() == Kind.Scope.CLUSTER || selected.contains(r.namespace()))
                .toList());
    }

    private static boolean fits(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.matchLabels().entrySet())
                && selector.matchExpressions().stream().allMatch(e -> fits(e, labels));
    }

    private static boolean fits(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        return switch (requirement.operator()) {
            case "In" -> value != null && requirement.values().contains(value);
            case "NotIn" -> value == null || !requirement.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
